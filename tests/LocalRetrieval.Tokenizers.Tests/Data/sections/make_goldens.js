// Writes goldens.jsonl beside this file: which sections of a tokenizer.json Hugging Face tokenizers reads, fields missing or wrong, and
// what it then makes of a few texts. npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const { fork } = require("child_process");
const fs = require("fs");
const path = require("path");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const VOCAB = [
  "<unk>", "a", "b", "▁", "▁a", "##a", "<0x41>", "<0xC3>", "<0xA9>", "a</w>", "Ġ", "Ġa", "[CLS]", "[SEP]", " ", ".", "é", "x", "n't", "Ċ", "ab",
];
const UNIGRAM = { type: "Unigram", unk_id: 0, vocab: VOCAB.map((token, id) => [token, -id / 8]), byte_fallback: false };
const IDS = VOCAB.map((_, id) => id);
const TEXTS = ["a b", " a\u00a0É|a1中,.a ", "ｂ\tab", "aĠ▁a", ""];
const BYTE_LEVEL = { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true };
const METASPACE = { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: true };
const REPLACE = { type: "Replace", pattern: { String: "a" }, content: "b" };
const vocab = Object.fromEntries(["[UNK]", "a", "b", "ab", "##b"].map((token, id) => [token, id]));
const PIECES = {
  single: [{ SpecialToken: { id: "[CLS]", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
  pair: [{ Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: "[SEP]", type_id: 2 } }, { Sequence: { id: "B", type_id: 1 } }],
  special_tokens: { "[CLS]": { id: "[CLS]", ids: [12], tokens: ["[CLS]"] }, "[SEP]": { id: "x", ids: [13, 13], tokens: ["[SEP]", "s"] } },
};
const SECTIONS = {
  normalizer: [
    { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    ...["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "ByteLevel"].map(type => ({ type })),
    { type: "Strip", strip_left: true, strip_right: true }, { type: "Prepend", prepend: "x" }, REPLACE,
    { type: "Sequence", normalizers: [{ type: "NFC" }, { type: "Lowercase" }] },
    { type: "Sequence", normalizers: [{ strip_left: true, strip_right: false }, { prepend: "b" }] },
  ],
  pre_tokenizer: [
    ...["BertPreTokenizer", "Whitespace", "WhitespaceSplit", "UnicodeScripts"].map(type => ({ type })), BYTE_LEVEL, METASPACE,
    { type: "Metaspace", replacement: "▁", str_rep: "▁", add_prefix_space: true }, { type: "Metaspace", replacement: "▁", add_prefix_space: false },
    { type: "Metaspace", replacement: "▁", prepend_scheme: "never", add_prefix_space: false },
    { type: "Metaspace", replacement: "▁", prepend_scheme: "first", add_prefix_space: true, split: false },
    { type: "Split", pattern: { String: "a" }, behavior: "Isolated", invert: false }, { type: "Split", pattern: { Regex: "a" }, behavior: "Removed", invert: true },
    { type: "Punctuation", behavior: "Removed" }, { type: "Digits", individual_digits: true }, { type: "CharDelimiterSplit", delimiter: "|" },
    { type: "Delimiter", delimiter: "|" }, { type: "FixedLength", length: 2 },
    { type: "Sequence", pretokenizers: [{ type: "Whitespace" }, { type: "CharDelimiterSplit", delimiter: "a" }] },
  ],
  post_processor: [
    { type: "BertProcessing", sep: ["[SEP]", 13], cls: ["[CLS]", 12] },
    { type: "RobertaProcessing", sep: ["[SEP]", 13], cls: ["[CLS]", 12], trim_offsets: true, add_prefix_space: false },
    BYTE_LEVEL, { type: "TemplateProcessing", ...PIECES },
    { type: "TemplateProcessing", single: "[CLS] $A", pair: "[CLS] $A [SEP] $B", special_tokens: PIECES.special_tokens },
    { type: "TemplateProcessing", single: ["[CLS]", "$A"], pair: ["$A", "$B:1"], special_tokens: [["[CLS]", 12]] },
    { type: "Sequence", processors: [BYTE_LEVEL, { type: "TemplateProcessing", ...PIECES }] },
  ],
  decoder: [
    BYTE_LEVEL, METASPACE, { type: "WordPiece", prefix: "##", cleanup: true }, { type: "BPEDecoder", suffix: "</w>" }, { type: "ByteFallback" },
    { type: "Fuse" }, { type: "Strip", content: "a", start: 1, stop: 0 }, REPLACE, { type: "Sequence", decoders: [{ type: "Fuse" }, REPLACE] },
    { type: "CTC", pad_token: "a", word_delimiter_token: "b", cleanup: true },
  ],
  model: [
    UNIGRAM, { type: "WordLevel", vocab, unk_token: "[UNK]" },
    { type: "WordPiece", vocab, unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100 },
    {
      type: "BPE", vocab, merges: [["a", "b"]], unk_token: "[UNK]", fuse_unk: false, byte_fallback: false, ignore_merges: false, dropout: null,
      continuing_subword_prefix: null, end_of_word_suffix: null,
    },
    { type: "BPE", vocab, merges: ["a b"], unk_token: null },
  ],
};
const VALUES = [null, true, false, 0, 1, -1, 1.5, "", "x", "xy", "A", "😀", [], {}, [1], ["x"], ["x", 1], [["x", 1]], { String: "b" }, { x: 1 }];

function* changes(section) {
  yield section;
  yield { ...section, unheard: 1 };
  for (const name of Object.keys(section)) {
    const { [name]: _, ...rest } = section;
    yield rest;
    for (const value of VALUES) yield { ...section, [name]: value };
  }
}

function* untyped(sections) {
  const types = [...new Set(sections.map(section => section.type)), "Bert", "BPE", "Sequence", "Strip", "Delimiter"];
  for (const section of sections) {
    const { type, ...rest } = section;
    for (const name of Object.keys(rest)) {
      const { [name]: _, ...others } = rest;
      yield others;
    }

    for (const other of types) yield { ...section, type: other };
  }

  yield* VALUES.filter(value => value !== null);
}

function tokenizer(part, section) {
  const json = {
    version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null,
    decoder: null, model: UNIGRAM, [part]: section,
  };
  try {
    return Tokenizer.fromString(JSON.stringify(json));
  } catch {
    return null;
  }
}

async function ask(reference) {
  const results = [];
  for (const text of TEXTS) {
    for (const pair of [null, "a b"]) {
      try {
        const e = await reference.encode(text, pair, { addSpecialTokens: true });
        results.push([e.getIds(), e.getTypeIds(), e.getSpecialTokensMask(), e.getOffsets().flat(), e.getTokens().join("\u0001")]);
      } catch {
        results.push(null);
      }
    }
  }

  let decoded = null;
  try {
    decoded = await reference.decode(IDS, false);
  } catch {
  }

  return { results, decoded };
}

async function main() {
  const lines = [{ tokenizers: version, texts: TEXTS, pair: "a b", ids: IDS, model: UNIGRAM }];
  for (const [part, sections] of Object.entries(SECTIONS)) {
    const seen = new Set();
    for (const section of [...sections.flatMap(section => [...changes(section)]), ...untyped(sections)]) {
      const json = JSON.stringify(section);
      if (seen.has(json) || section === null) continue;
      seen.add(json);
      lines.push({ part, section, ...(await askWorker({ part, section })) });
    }
  }

  worker.kill();
  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.map(line => JSON.stringify(line)).join("\n") + "\n");
}

// Some sections make the reference abort its process, which is then a worker's.
let worker = null;

function askWorker(question) {
  worker ??= fork(__filename, ["worker"], { stdio: "ignore" });
  return new Promise(resolve => {
    const onMessage = answer => { worker.off("exit", onExit); resolve(answer); };
    const onExit = () => { worker = null; resolve({ aborts: true }); };
    worker.once("message", onMessage);
    worker.once("exit", onExit);
    worker.send(question);
  });
}

if (process.argv[2] === "worker") {
  process.on("message", async ({ part, section }) => {
    const reference = tokenizer(part, section);
    process.send(reference ? await ask(reference) : { refused: true });
  });
} else {
  main();
}
