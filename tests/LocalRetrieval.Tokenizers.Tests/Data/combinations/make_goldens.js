// Writes goldens.jsonl beside this file: what Hugging Face tokenizers makes of random combinations of all components, one text and two,
// with and without special tokens, encoded and decoded. npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const fs = require("fs");
const path = require("path");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const TOKENIZERS = 300;
const CASES = 10;
const PARTS = [
  " ", " ", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u200b", "\u00ad", "\ufffd", "▁", "Ġ", "a", "b", "c", "ab", "abc", "Ab", "x", "hello", "world",
  "é", "e\u0301", "É", "a\u0323\u0301", "\u0301", "İ", "Σ", "ß", "ﬁ", "½", "１", "٣", "1", "23", "3.14", "Ａ", "ｶﾞ", "が", "か\u3099", "가",
  "\u1100\u1161\u11a8", "中", "文字", "ー", "カ", "ひら", "\uf900", "𠀀", "😀", "👨‍👩‍👧", "हिन्दी", "ไทย", "Привет", "ελ", "العربية", "!", "...", ",", "don't", "_", "-",
  "—", "$", "|", "a|b", "<0x41>", "<unk>", "<m>", "[MASK]", "[CLS]", "</w>", "##a", "ü", "\u00a8", "㎏",
];
const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];
const TOKENS = [
  "a", "b", "c", "x", "e", "h", "l", "o", "1", "2", "3", ".", ",", "!", "é", "中", "😀", "▁", "Ġ", "Ã", "©", "ab", "abc", "lo", "he", "hello", "llo", "▁a", "▁hello",
  "Ġa", "Ġhello", "Ã©", "##a", "##b", "##c", "##lo", "a</w>", "b</w>", "ab</w>", "lo</w>", "1</w>", "don", "'", "t", "п", "ρ",
];

let state = 7;
const next = n => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const flag = () => next(2) === 0;
const pick = list => list[next(list.length)];
const some = (list, most) => Array.from({ length: next(most + 1) }, () => pick(list)());
const replace = () => ({ type: "Replace", pattern: { String: pick([" ", "ab", "▁", "é", "a", "😀"]) }, content: pick(["", " ", "▁", "xy", "é"]) });
const byteLevel = () => ({ type: "ByteLevel", add_prefix_space: flag(), trim_offsets: flag(), use_regex: flag() });
const metaspace = () => ({ type: "Metaspace", replacement: pick(["▁", "▁", "_"]), prepend_scheme: pick(["always", "first", "never"]), split: flag() });

const NORMALIZERS = [
  ...["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"].map(type => () => ({ type })),
  () => ({ type: "Strip", strip_left: flag(), strip_right: flag() }), () => ({ type: "Prepend", prepend: pick(["▁", "x", "é▁"]) }), replace,
  () => ({ type: pick(["Bert", "BertNormalizer"]), clean_text: flag(), handle_chinese_chars: flag(), strip_accents: pick([null, true, false]), lowercase: flag() }),
  () => ({ type: "ByteLevel" }),
];
const PRE_TOKENIZERS = [
  ...["Whitespace", "WhitespaceSplit", "BertPreTokenizer", "UnicodeScripts", "UnicodeScripts"].map(type => () => ({ type })), metaspace, byteLevel,
  () => ({ type: "Punctuation", behavior: pick(BEHAVIORS) }), () => ({ type: "Digits", individual_digits: flag() }),
  () => ({ type: "CharDelimiterSplit", delimiter: pick(["|", "a", "▁", "😀", " "]) }),
  () => ({ type: "Split", pattern: { String: pick([" ", "a", "ab", "|", "."]) }, behavior: pick(BEHAVIORS), invert: flag() }),
];
const DECODERS = [
  replace, metaspace, byteLevel, () => ({ type: "ByteFallback" }), () => ({ type: "Fuse" }), () => ({ type: "WordPiece", prefix: pick(["##", "▁"]), cleanup: flag() }),
  () => ({ type: "BPEDecoder", suffix: pick(["</w>", "a", ""]) }), () => ({ type: "Strip", content: pick([" ", "a", "▁"]), start: next(3), stop: 0 }),
];
const token = (content, id) => [content, id];
const template = special => {
  const special_tokens = { "[CLS]": { id: "[CLS]", ids: [special], tokens: ["[CLS]"] }, "[SEP]": { id: "[SEP]", ids: [special + 1, special], tokens: ["[SEP]", "s"] } };
  const extra = () => (flag() ? [{ SpecialToken: { id: pick(["[CLS]", "[SEP]"]), type_id: next(3) } }] : []);
  const text = id => ({ Sequence: { id, type_id: next(3) } });
  return { type: "TemplateProcessing", single: [...extra(), text("A"), ...extra()], pair: [...extra(), text("A"), ...extra(), text("B"), ...extra()], special_tokens };
};
const POST_PROCESSORS = [
  () => null, byteLevel, special => template(special), special => ({ type: "BertProcessing", sep: token("[SEP]", special), cls: token("[CLS]", special + 1) }),
  special => ({ type: "RobertaProcessing", sep: token("[SEP]", special), cls: token("[CLS]", special + 1), trim_offsets: flag(), add_prefix_space: flag() }),
  special => ({ type: "Sequence", processors: [byteLevel(), template(special)] }), special => ({ type: "Sequence", processors: [template(special), byteLevel()] }),
];

function makeModel() {
  const tokens = ["[UNK]", ...TOKENS.filter(() => next(5) !== 0)];
  const vocab = Object.fromEntries(tokens.map((content, id) => [content, id]));
  const kind = next(4);
  if (kind === 0) return { type: "WordLevel", vocab, unk_token: "[UNK]" };
  if (kind === 1) return { type: "WordPiece", vocab, unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: pick([100, 4]) };
  if (kind === 2) return { type: "Unigram", unk_id: 0, vocab: tokens.map(content => [content, -next(8) - next(1000) / 1000]), byte_fallback: false };
  const merges = [];
  for (const left of tokens) for (const right of tokens) if (vocab[left + right] !== undefined) merges.push([left, right]);
  return {
    type: "BPE", vocab, merges: flag() ? merges : merges.map(merge => merge.join(" ")), unk_token: pick([null, "[UNK]"]), fuse_unk: flag(),
    byte_fallback: false, ignore_merges: flag(), dropout: null, continuing_subword_prefix: null, end_of_word_suffix: pick([null, null, "</w>"]),
  };
}

function makeTokenizer() {
  const model = makeModel();
  const special = Object.keys(model.vocab).length;
  const [normalizers, pretokenizers, decoders] = [some(NORMALIZERS, 4), some(PRE_TOKENIZERS, 3), some(DECODERS, 3)];
  return {
    version: "1.0", truncation: null, padding: null,
    added_tokens: ["[CLS]", "[SEP]", "[MASK]", "<m>"].map((content, i) => ({
      id: special + i, content, single_word: false, lstrip: i === 2 && flag(), rstrip: i === 3 && flag(), normalized: false, special: i < 3,
    })),
    normalizer: normalizers.length === 1 ? normalizers[0] : normalizers.length === 0 ? null : { type: "Sequence", normalizers },
    pre_tokenizer: pretokenizers.length === 1 ? pretokenizers[0] : pretokenizers.length === 0 ? null : { type: "Sequence", pretokenizers },
    post_processor: pick(POST_PROCESSORS)(special),
    decoder: decoders.length === 1 ? decoders[0] : decoders.length === 0 ? null : { type: "Sequence", decoders },
    model,
  };
}

async function makeCases(tokenizer) {
  const text = () => Array.from({ length: next(9) }, () => pick(PARTS)).join("");
  const cases = [];
  for (let i = 0; i < CASES; i++) {
    const [first, second, addSpecialTokens] = [text(), flag() ? text() : null, flag()];
    const e = await tokenizer.encode(first, second, { addSpecialTokens });
    cases.push({
      text: first, pair: second, add_special_tokens: addSpecialTokens, ids: e.getIds(), type_ids: e.getTypeIds(), special: e.getSpecialTokensMask(),
      tokens: e.getTokens(), offsets: e.getOffsets(), decoded: await tokenizer.decode(e.getIds(), false), decoded_skip: await tokenizer.decode(e.getIds(), true),
    });
  }

  return cases;
}

async function main() {
  const lines = [JSON.stringify({ tokenizers: version })];
  while (lines.length <= TOKENIZERS) {
    const json = makeTokenizer();
    lines.push(JSON.stringify({ tokenizer: json, cases: await makeCases(Tokenizer.fromString(JSON.stringify(json))) }));
  }

  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.join("\n") + "\n");
}

main();
