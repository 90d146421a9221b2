// A model2vec model in plain JavaScript, as Node users embed with one: a tokenizer library and a mean over a Float32Array.
//   { "load": model folder, "texts": JSON array of texts }  ->  { "vectors": one a text }
//   { "run": "batch" | "one" }                              ->  { "sum": of all values, so that the work is not left out }
// Usage: node embed.mjs rust|js
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraries } from './libraries.mjs';

const load = await libraries[process.argv[2]]();
let tokenizer;
let texts;
let model;

function readModel(folder) {
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  const json = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8'));
  const file = readFileSync(join(folder, 'model.safetensors'));
  const headerLength = Number(file.readBigUInt64LE(0));
  const { embeddings } = JSON.parse(file.toString('utf8', 8, 8 + headerLength));
  const [start, end] = embeddings.data_offsets.map(offset => offset + 8 + headerLength);
  const bytes = file.subarray(start, end);
  const lengths = Object.keys(json.model.vocab).map(token => [...token].length).sort((a, b) => a - b);
  const median = Math.trunc((lengths[(lengths.length - 1) >> 1] + lengths[lengths.length >> 1]) / 2);
  return {
    dimensions: embeddings.shape[1],
    table: Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)),
    unknown: json.model.vocab[json.model.unk_token],
    maxTokens: config.max_length,
    maxCharacters: config.max_length * median,
    normalize: config.normalize,
  };
}

const cut = text => text.length <= model.maxCharacters ? text : [...text].slice(0, model.maxCharacters).join('');

function embed(ids) {
  const { dimensions, table, unknown, maxTokens, normalize } = model;
  const vector = new Float32Array(dimensions);
  let count = 0;
  for (let i = 0; i < ids.length && count < maxTokens; i++) {
    if (ids[i] === unknown) {
      continue;
    }

    const row = ids[i] * dimensions;
    for (let j = 0; j < dimensions; j++) {
      vector[j] += table[row + j];
    }

    count++;
  }

  let divisor = Math.max(count, 1);
  if (normalize) {
    let squares = 0;
    for (let j = 0; j < dimensions; j++) {
      squares += (vector[j] / divisor) ** 2;
    }

    divisor *= Math.sqrt(squares) || 1;
  }

  for (let j = 0; j < dimensions; j++) {
    vector[j] /= divisor;
  }

  return vector;
}

async function* vectors(mode) {
  if (mode === 'batch') {
    for (const ids of await tokenizer.batch(texts.map(cut))) {
      yield embed(ids);
    }
  } else {
    for (const text of texts) {
      yield embed(await tokenizer.one(cut(text)));
    }
  }
}

const requests = {
  async load({ load: folder, texts: textsPath }) {
    model = readModel(folder);
    tokenizer = load(join(folder, 'tokenizer.json'));
    texts = JSON.parse(readFileSync(textsPath, 'utf8'));
    const all = [];
    for await (const vector of vectors('one')) {
      all.push(Array.from(vector));
    }

    return { vectors: all };
  },
  async run({ run }) {
    let sum = 0;
    for await (const vector of vectors(run)) {
      sum += vector[0];
    }

    return { sum };
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
