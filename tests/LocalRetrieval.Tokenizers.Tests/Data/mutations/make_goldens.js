// Writes goldens.jsonl beside this file: for small tokenizers whose fields are changed one by one, whether Hugging Face tokenizers
// reads the outcome. A line is a tokenizer; a mutation is a path, what stands there instead (or how the text is changed), and 1, 0, or ! for a panic.
// npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const fs = require("fs");
const path = require("path");
const { spawnSync } = require("child_process");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const token = (id, content, flags = {}) => ({
  id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...flags,
});
const ids = tokens => Object.fromEntries(tokens.map((content, id) => [content, id]));
const TOKENIZERS = [
  {
    version: "1.0", truncation: { direction: "Right", max_length: 128, strategy: "LongestFirst", stride: 0 },
    padding: { strategy: { Fixed: 8 }, direction: "Right", pad_to_multiple_of: null, pad_id: 0, pad_type_id: 0, pad_token: "[PAD]" },
    added_tokens: [token(1, "[UNK]"), token(6, "<new>", { normalized: true, special: false })],
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: { id: "[CLS]", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
      pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
      special_tokens: { "[CLS]": { id: "[CLS]", ids: [2], tokens: ["[CLS]"] } },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100,
      vocab: ids(["[PAD]", "[UNK]", "[CLS]", "a", "##b", "ab"]),
    },
  },
  {
    version: "1.0", truncation: null, padding: null, added_tokens: [],
    normalizer: { type: "Sequence", normalizers: [{ type: "NFC" }, { type: "Strip", strip_left: true, strip_right: false }] },
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: { type: "RobertaProcessing", sep: ["</s>", 1], cls: ["<s>", 0], trim_offsets: true, add_prefix_space: false },
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false,
      byte_fallback: false, ignore_merges: false, vocab: ids(["<s>", "</s>", "a", "b", "ab", "abb"]), merges: [["a", "b"], ["ab", "b"]],
    },
  },
  {
    version: "1.0", added_tokens: [],
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { String: " " }, behavior: "Isolated", invert: false }, { type: "Digits", individual_digits: true },
        { type: "Punctuation", behavior: "Isolated" },
      ],
    },
    post_processor: { type: "Sequence", processors: [{ type: "BertProcessing", sep: ["b", 1], cls: ["a", 0] }] },
    decoder: { type: "Sequence", decoders: [{ type: "ByteFallback" }, { type: "Strip", content: " ", start: 1, stop: 0 }] },
    model: { type: "BPE", unk_token: "a", vocab: ids(["a", "b", "ab"]), merges: ["#version: 0.2", "a b"] },
  },
  {
    version: "1.0", added_tokens: [],
    normalizer: {
      type: "Sequence",
      normalizers: [{ type: "Prepend", prepend: "▁" }, { type: "Replace", pattern: { String: " " }, content: "▁" }],
    },
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true },
    model: { type: "Unigram", unk_id: 0, byte_fallback: false, vocab: [["<unk>", 0], ["▁", -1.5], ["a", -2e0]] },
  },
  {
    version: "1.0", added_tokens: [], pre_tokenizer: { type: "Whitespace" },
    decoder: { type: "Replace", pattern: { String: "a" }, content: "b" },
    model: { type: "WordLevel", unk_token: "b", vocab: ids(["a", "b"]) },
  },
];

// JSON texts that stand instead of a value. "" takes the member away, "*" doubles it.
const INSTEAD = [
  "", "*", "null", "true", "0", "-1", "1", "1.0", "1.5", "1e2", "-0", "4294967295", "4294967296", "2147483647", "18446744073709551616", "1e400",
  '""', '"x"', '"NaN"', '"0"', '"\\ud800"', '"\\u0000"', "[]", "[[]]", '["a", "b"]', '["a", 0]', "{}", '{"x": 1}', '{"type": "x"}', '{"type": null}',
  `"${"y".repeat(300)}"`,
];

function* paths(value, prefix = []) {
  if (prefix.length > 0) yield prefix;
  if (value !== null && typeof value === "object") {
    for (const key of Object.keys(value)) yield* paths(value[key], [...prefix, Array.isArray(value) ? Number(key) : key]);
  }
}

// Writes a value with another text at a path; the test writes it in the same way.
function write(value, where, instead) {
  if (where && where.length === 0) return instead;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const parts = [];
  for (const key of Object.keys(value)) {
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}:`;
    const here = where && String(where[0]) === key;
    if (!here) parts.push(name + write(value[key]));
    else if (where.length > 1) parts.push(name + write(value[key], where.slice(1), instead));
    else if (instead === "*") parts.push(name + write(value[key]), name + write(value[key]));
    else if (instead !== "") parts.push(name + instead);
  }
  return Array.isArray(value) ? `[${parts.join()}]` : `{${parts.join()}}`;
}

// The reference can panic, which ends the process, so it is asked in one that is started anew.
function readAll(texts) {
  const answers = [];
  while (answers.length < texts.length) {
    const rest = texts.slice(answers.length);
    const input = rest.map(text => JSON.stringify(text)).join("\n");
    const child = spawnSync(process.execPath, [__filename, "--ask"], { input, encoding: "utf8", maxBuffer: 1 << 26 });
    answers.push(...child.stdout);
    if (child.stdout.length < rest.length) answers.push("!");
  }

  return answers;
}

function ask() {
  for (const line of fs.readFileSync(0, "utf8").split("\n")) {
    let answer = "1";
    try {
      Tokenizer.fromString(JSON.parse(line));
    } catch {
      answer = "0";
    }

    fs.writeSync(1, answer);
  }
}

function main() {
  const lines = [JSON.stringify({ tokenizers: version, instead: INSTEAD })];
  for (const tokenizer of TOKENIZERS) {
    const places = [...paths(tokenizer)];
    const texts = places.flatMap(where => INSTEAD.map(instead => write(tokenizer, where, instead)));
    const answers = readAll([JSON.stringify(tokenizer), ...texts]);
    if (answers.shift() !== "1") throw new Error("not read as it is");
    const mutations = places.map((where, i) => [where, answers.slice(i * INSTEAD.length, (i + 1) * INSTEAD.length).join("")]);
    lines.push(JSON.stringify({ tokenizer, mutations }));
  }

  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.join("\n") + "\n");
}

process.argv[2] === "--ask" ? ask() : main();
