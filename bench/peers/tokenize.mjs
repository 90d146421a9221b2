// A tokenizer library behind a line protocol: one JSON request a line on stdin, one JSON answer a line on stdout.
//   { "load": tokenizer.json, "texts": JSON array of texts }  ->  { "ids": one array of ids a text }
//   { "run": "batch" | "one" }                                ->  { "tokens": how many the pass over all texts gave }
// Usage: node tokenize.mjs rust|js
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { libraries } from './libraries.mjs';

const load = await libraries[process.argv[2]]();
let tokenizer;
let texts;

const requests = {
  async load({ load: path, texts: textsPath }) {
    tokenizer = load(path);
    texts = JSON.parse(readFileSync(textsPath, 'utf8'));
    const ids = [];
    for (const text of texts) {
      ids.push(Array.from(await tokenizer.one(text)));
    }

    return { ids };
  },
  async run({ run }) {
    let tokens = 0;
    if (run === 'batch') {
      for (const ids of await tokenizer.batch(texts)) {
        tokens += ids.length;
      }
    } else {
      for (const text of texts) {
        tokens += (await tokenizer.one(text)).length;
      }
    }

    return { tokens };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await requests['load' in request ? 'load' : 'run'](request);
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }

  process.stdout.write(JSON.stringify(answer) + '\n');
}
