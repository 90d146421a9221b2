// Writes goldens.json beside this file: where Hugging Face tokenizers' UnicodeScripts cuts a text of random characters of all scripts.
// npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.json

const fs = require("fs");
const path = require("path");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const CHARACTERS = 8000;
const BLOCK = 64;

let state = 3;
const next = n => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
};

// The assigned characters by blocks, so that a small script is met as often as a large one; of ideographs and Hangul one block each.
const isLarge = c => (c > 0x3400 && c < 0xa000) || (c > 0xac00 && c < 0xd7a4) || (c > 0x17000 && c < 0x18b00) || c > 0x20000;
const blocks = new Map();
for (let c = 0; c < 0x20040; c++) {
  if ((c >= 0xd800 && c < 0xf900) || isLarge(c) || !/[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}]/u.test(String.fromCodePoint(c))) continue;
  const block = Math.floor(c / BLOCK);
  blocks.set(block, [...(blocks.get(block) ?? []), c]);
}

async function main() {
  const all = [...blocks.values()];
  const text = Array.from({ length: CHARACTERS }, () => {
    const block = all[next(all.length)];
    return String.fromCodePoint(block[next(block.length)]);
  }).join("");
  const tokenizer = Tokenizer.fromString(JSON.stringify({
    version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: { type: "UnicodeScripts" },
    post_processor: null, decoder: null, model: { type: "WordLevel", vocab: { "<unk>": 0 }, unk_token: "<unk>" },
  }));
  const pieces = (await tokenizer.encode(text, null, { addSpecialTokens: false })).getOffsets();
  fs.writeFileSync(path.join(__dirname, "goldens.json"), JSON.stringify({ tokenizers: version, text, pieces }));
}

main();
