// Writes goldens.jsonl beside this file: what Hugging Face tokenizers makes of random components in random texts.
// npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const PARTS = [
  " ", " ", " ", "  ", "   ", "\t", "\n", "\r\n", "\r", "\u0001", "\u0000", "\u007f", "\u0085", "\u00a0", "\u2003", "\u2028", "\u3000",
  "\u200b", "\u200c", "\u200d", "\u200e", "\ufeff", "\ufffd", "\u00ad", "▁", "▁▁", "a", "b", "c", "ab", "abc", "Ab", "x", "hello", "world",
  "é", "e\u0301", "É", "a\u0323\u0301", "a\u0301\u0323", "a\u0315\u0300\u05ae\u0300", "\u0301", "\u0300a", "İ", "Σ", "ς", "ß", "ſ", "ﬁ", "Ⅷ",
  "½", "²", "１", "٣", "१", "1", "23", "3.14", "①", "Ａ", "ｶﾞ", "が", "か\u3099", "가", "각", "\u1100\u1161", "\u1100\u1161\u11a8", "中", "文字",
  "\uf900", "𠀀", "𝐀", "😀", "👨‍👩‍👧", "🇩🇪", "©\u200d©", "©\u0301", "क\u094dष", "क\u094d\u200dष\u0301", "ष\u0301", "हिन्दी", "ไทย", "\u0e33", "\u0600a",
  "\u0600\u0301", "\u0f71\u0f72", "\u0344", "\u1cf2", "\u{111c9}", "!", "...", "don't", "_", "-", "—", "«", "$", "^", "`", "<", ">", "<0x41>", "<unk>",
  "<m>", "<n>", "ü", "u\u0308", "\u0308", "\u0384", "\u00a8", "\u037a", "\u212b", "\u2126", "ǆ", "㎏", "㌔", "ﷺ", "…", "\u1e9b\u0323",
  "\u{1d165}\u{1d16d}", "\u{11a3a}a", "\u{1f3fb}", "\u{e0020}",
];
const UNIGRAM = ["▁", "▁a", "a", "b", "ab", "abc", "bc", "c", "▁hello", "hel", "lo", "▁w", "or", "ld", "é", "e", "1", "中", "😀", "😀😀", ".", "..", "中文", "xx"];
const WORDS = ["a", "b", "ab", "abc", "hello", "world", "é", "e", "1", "2", "3", "23", "中", "😀", ".", "...", "don", "'", "t", "ﬁ", "_", "क्ष", "▁a", "▁"];
const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];

let state = 1;
const next = n => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const pick = list => list[next(list.length)];
const some = (list, most) => Array.from({ length: next(most + 1) }, () => pick(list)());
const pattern = () => pick([
  { String: " " }, { String: "ab" }, { String: "▁" }, { String: "é" }, { String: "a" }, { String: "😀" }, { Regex: " {2,}" }, { Regex: "a+" }, { Regex: "ab" },
]);
const replace = () => ({ type: "Replace", pattern: pattern(), content: pick(["", " ", "▁", "xy", "é", "😀"]) });

const NORMALIZERS = [
  ...["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"].map(type => () => ({ type })),
  () => ({ type: "Strip", strip_left: next(2) === 0, strip_right: next(2) === 0 }),
  () => ({ type: "Prepend", prepend: pick(["▁", "x", "é▁"]) }),
  replace, replace,
];
const metaspace = () => {
  const section = { type: "Metaspace", replacement: pick(["▁", "▁", "▁", "_", "😀"]) };
  const scheme = pick([null, "always", "first", "never"]);
  if (scheme) section.prepend_scheme = scheme;
  if (next(2) === 0) section.split = next(2) === 0;
  if (next(3) === 0) section.add_prefix_space = scheme !== "never";
  return section;
};
const PRE_TOKENIZERS = [
  metaspace, metaspace, metaspace,
  () => ({ type: "Whitespace" }), () => ({ type: "WhitespaceSplit" }), () => ({ type: "BertPreTokenizer" }),
  () => ({ type: "Punctuation", behavior: pick(BEHAVIORS) }), () => ({ type: "Punctuation" }),
  () => ({ type: "Digits", individual_digits: next(2) === 0 }),
];
const DECODERS = [
  replace, metaspace, () => ({ type: "ByteFallback" }), () => ({ type: "Fuse" }),
  () => ({ type: "Strip", content: pick([" ", "a", "▁"]), start: next(3), stop: 0 }),
];

function makeModel() {
  if (next(3) === 0) {
    return { type: "WordLevel", unk_token: "[UNK]", vocab: Object.fromEntries(["[UNK]", ...WORDS].map((token, id) => [token, id])) };
  }

  const tokens = UNIGRAM.filter(() => next(4) !== 0);
  const byteFallback = next(2) === 0;
  if (byteFallback) {
    for (let i = 0; i < 256; i++) {
      if (next(60) !== 0 || i < 0xe0) tokens.push(`<0x${i.toString(16).toUpperCase().padStart(2, "0")}>`);
    }
  }

  tokens.splice(next(3), 0, "<unk>");
  const vocab = tokens.map(token => [token, -next(8) - (next(2) === 0 ? 0 : next(1000) / 1000)]);
  return { type: "Unigram", unk_id: tokens.indexOf("<unk>"), vocab, byte_fallback: byteFallback };
}

function makeTokenizer() {
  const normalizers = some(NORMALIZERS, 4);
  const preTokenizers = some(PRE_TOKENIZERS, 3);
  const decoders = some(DECODERS, 4);
  return {
    version: "1.0", truncation: null, padding: null,
    // None that a normalizer empties: such a token makes the reference cut between bytes, and panic.
    added_tokens: ["<m>", "<n>", "hello"].filter(() => next(3) === 0).map((content, id) => ({
      id, content, single_word: next(4) === 0, lstrip: next(3) === 0, rstrip: next(3) === 0, normalized: next(2) === 0, special: next(2) === 0,
    })),
    normalizer: normalizers.length === 0 ? null : { type: "Sequence", normalizers },
    pre_tokenizer: preTokenizers.length === 0 ? null : { type: "Sequence", pretokenizers: preTokenizers },
    post_processor: null,
    decoder: decoders.length === 0 ? null : { type: "Sequence", decoders },
    model: makeModel(),
  };
}

async function makeCases(tokenizer, count) {
  const cases = [];
  for (let i = 0; i < count; i++) {
    const text = Array.from({ length: 1 + next(10) }, () => pick(PARTS)).join("");
    const encoding = await tokenizer.encode(text, null, { addSpecialTokens: false });
    cases.push({
      text, ids: encoding.getIds(), tokens: encoding.getTokens(), offsets: encoding.getOffsets(),
      decoded: await tokenizer.decode(encoding.getIds(), false),
      decoded_skip: await tokenizer.decode(encoding.getIds(), true),
    });
  }

  return cases;
}

async function main() {
  const lines = [JSON.stringify({ tokenizers: version })];
  const xlmr = zlib.gunzipSync(fs.readFileSync(path.join(__dirname, "../synth-xlmr/tokenizer.json.gz"))).toString();
  lines.push(JSON.stringify({ tokenizer: "synth-xlmr", cases: await makeCases(Tokenizer.fromString(xlmr), 1000) }));
  while (lines.length <= 200) {
    const json = makeTokenizer();
    lines.push(JSON.stringify({ tokenizer: json, cases: await makeCases(Tokenizer.fromString(JSON.stringify(json)), 20) }));
  }

  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.join("\n") + "\n");
}

main();
