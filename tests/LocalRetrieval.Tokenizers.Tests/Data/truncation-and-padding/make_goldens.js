// Writes goldens.jsonl beside this file: what Hugging Face tokenizers makes of random truncation and padding settings, in batches.
// npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl
//
// From 0.23.0 on the reference stops tokenizing where it has max_length tokens, and so loses overflow that 0.22 gives
// (its issue 2091), and of a pair may take the other text for the longer one. Such pairs are left out of the goldens, and so is
// "overflow" of other encodings where that happens; for one text without special tokens it is taken from cutting the whole
// encoding, which the reference still does.

const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const NAMES = ["synth-cased", "synth-mpnet-bpe", "synth-llama3", "synth-modernbert", "synth-wordlevel", "synth-xlmr"];
const PARTS = [
  "hello", "world", "the", "retrieval", "of", "passages", "naïve", "café", "don't", "3.14", "中文", "日本語", "😀", "e\u0301", "ﬁ", "x", "!", "...",
  "\n", "  ", "\u00a0", "Straße", "İstanbul", "हिन्दी", "👨‍👩‍👧",
];

let state = 7;
const next = n => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const pick = list => list[next(list.length)];
const text = () => Array.from({ length: next(next(4) === 0 ? 60 : 12) }, () => pick(PARTS)).join(pick([" ", " ", ""]));

function load(name) {
  const folder = path.join(__dirname, "..", name);
  const plain = path.join(folder, "tokenizer.json");
  return JSON.parse(fs.existsSync(plain) ? fs.readFileSync(plain) : zlib.gunzipSync(fs.readFileSync(plain + ".gz")));
}

function makeTruncation(pairs, special) {
  if (next(6) === 0) return null;
  const budget = next(24);
  const strategy = pick(["LongestFirst", "LongestFirst", "OnlyFirst", "OnlySecond"]);
  // A window that is not longer than the stride makes the reference panic.
  const most = !pairs ? budget : strategy === "LongestFirst" ? budget >> 1 : 0;
  return { direction: pick(["Left", "Right"]), max_length: budget + special, strategy, stride: most > 1 && next(2) === 0 ? next(most) : 0 };
}

function makePadding() {
  if (next(5) === 0) return null;
  return {
    strategy: next(2) === 0 ? "BatchLongest" : { Fixed: next(40) }, direction: pick(["Left", "Right"]),
    pad_to_multiple_of: pick([null, null, 0, 1, 8, 5]), pad_id: next(9), pad_type_id: next(3), pad_token: pick(["[PAD]", "<pad>", ""]),
  };
}

const describe = encoding => ({
  ids: encoding.getIds(), type_ids: encoding.getTypeIds(), special: encoding.getSpecialTokensMask(), attention: encoding.getAttentionMask(),
  sequences: encoding.getSequenceIds(), offsets: encoding.getOffsets(),
});

function padLength(padding, encodings) {
  const length = padding.strategy.Fixed ?? Math.max(...encodings.map(encoding => encoding.getLength()));
  const multiple = padding.pad_to_multiple_of || 1;
  return Math.ceil(length / multiple) * multiple;
}

async function main() {
  const lines = [JSON.stringify({ tokenizers: version })];
  for (const name of NAMES) {
    const json = { ...load(name), truncation: null, padding: null };
    const whole = Tokenizer.fromString(JSON.stringify(json));
    const count = async item => (await whole.encode(item, null, { addSpecialTokens: false })).getLength();
    for (let cases = 0; cases < 100;) {
      const pairs = next(2) === 0;
      const addSpecialTokens = next(3) !== 0;
      const special = addSpecialTokens ? (await whole.encode("", pairs ? "" : null)).getLength() : 0;
      const truncation = makeTruncation(pairs, special);
      const padding = makePadding();
      const tokenizer = Tokenizer.fromString(JSON.stringify({ ...json, truncation, padding }));
      // The binding takes batches of single texts only.
      const inputs = pairs ? [[text(), text()]] : Array.from({ length: 1 + next(4) }, () => [text()]);
      const lengths = await Promise.all(inputs.map(input => Promise.all(input.map(count))));
      const isWhole = index => !truncation || lengths[index].every(length => length < truncation.max_length);
      if (pairs && truncation?.strategy === "LongestFirst" && !isWhole(0)) continue;
      cases++;
      const golden = { tokenizer: name, truncation, padding, add_special_tokens: addSpecialTokens, inputs };
      try {
        const encodings = pairs
          ? [await tokenizer.encode(...inputs[0], { addSpecialTokens })]
          : await tokenizer.encodeBatch(inputs.map(input => input[0]), { addSpecialTokens });
        golden.encodings = [];
        for (const [index, encoding] of encodings.entries()) {
          const described = describe(encoding);
          if (isWhole(index)) {
            described.overflow = encoding.getOverflowing().map(describe);
          } else if (!pairs && special === 0 && truncation.strategy !== "OnlySecond") {
            const cut = await whole.encode(inputs[index][0], null, { addSpecialTokens });
            cut.truncate(truncation.max_length, truncation.stride, truncation.direction.toLowerCase());
            if (padding) {
              cut.pad(padLength(padding, encodings), {
                direction: padding.direction.toLowerCase(), padId: padding.pad_id, padTypeId: padding.pad_type_id, padToken: padding.pad_token,
              });
            }
            // Cutting by hand loses which text a token is of, and comes after offsets are trimmed.
            described.overflow = cut.getOverflowing().map(window => ({ ...describe(window), sequences: undefined, offsets: undefined }));
          }
          golden.encodings.push(described);
        }
      } catch (error) {
        golden.error = error.message;
      }
      lines.push(JSON.stringify(golden));
    }
  }

  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.join("\n") + "\n");
}

main();
