// Writes goldens.jsonl beside this file: what Hugging Face tokenizers makes of added tokens with every flag.
// npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const fs = require("fs");
const path = require("path");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const CONTENTS = ["<a>", "<a><b>", "<b>", "<A>", "ab", "a", "aba", "ba", "b c", " a", "b ", " ", "É", "é", "é́", "xy", "Xy", "中", "😀", ".", "don't"];
const PARTS = [
  ...CONTENTS, " ", " ", " ", "  ", "\t", "\n", "\u00a0", "\u0085", "\u2003", "\u3000", "\u200b", "\u200d", "\u0301", "c", "C", "1", "_", "e", "E", "-", "<",
  "文", "𝐀", "Ⓐ", "\ufffd", "\u0000",
];
const NORMALIZERS = [
  null,
  { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: false },
  { type: "BertNormalizer", clean_text: false, handle_chinese_chars: false, strip_accents: true, lowercase: false },
];
const VOCABULARY = ["[UNK]", "a", "b", "##a", "##b", "c", "##c", "ab", "xy", "e", "é", "<", ">", ".", "1", "_", "-", "中", "don", "'", "t"];

let state = 1;
const next = n => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const pick = list => list[next(list.length)];

function makeTokenizer(count) {
  const added = [];
  for (let i = 0; i < count; i++) {
    const content = pick(CONTENTS);
    added.push({
      id: i, content, single_word: next(3) === 0,
      // White space that takes white space, after a token that has taken both already, makes the reference panic.
      lstrip: content.trim() !== "" && next(3) === 0,
      rstrip: next(3) === 0, normalized: next(2) === 0, special: next(2) === 0,
    });
  }

  return {
    version: "1.0", truncation: null, padding: null, added_tokens: added, normalizer: pick(NORMALIZERS),
    pre_tokenizer: next(8) === 0 ? null : { type: "BertPreTokenizer" }, post_processor: null,
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  };
}

async function main() {
  const lines = [JSON.stringify({ tokenizers: version })];
  while (lines.length <= 100) {
    const json = makeTokenizer(1 + next(6));
    const tokenizer = Tokenizer.fromString(JSON.stringify(json));
    const contents = json.added_tokens.map(token => token.content);
    const cases = [];
    for (let i = 0; i < 40; i++) {
      const text = Array.from({ length: 1 + next(8) }, () => pick(pick([PARTS, PARTS, contents]))).join("");
      const encoding = await tokenizer.encode(text, null, { addSpecialTokens: false });
      cases.push({
        text, ids: encoding.getIds(), tokens: encoding.getTokens(), offsets: encoding.getOffsets(),
        decoded: await tokenizer.decode(encoding.getIds(), false),
        decoded_skip: await tokenizer.decode(encoding.getIds(), true),
      });
    }

    lines.push(JSON.stringify({ tokenizer: json, cases }));
  }

  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.join("\n") + "\n");
}

main();
