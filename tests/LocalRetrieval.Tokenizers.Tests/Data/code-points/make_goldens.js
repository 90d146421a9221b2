// Writes goldens.jsonl beside this file: what each kind of normalizer and pre-tokenizer of Hugging Face tokenizers makes of every code
// point, in a few contexts. npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

// Sets the texts of a batch apart. Nothing else becomes this character, it is a letter that nothing changes, and no mark composes with it.
const DELIMITER = "\u0138";
const BATCH = 1024;
const CODE_POINTS = Array.from({ length: 0x110000 }, (_, c) => c).filter(c => (c < 0xd800 || c > 0xdfff) && c !== 0x138);

const bert = flags => ({
  type: "BertNormalizer", clean_text: flags.includes("c"), handle_chinese_chars: flags.includes("h"),
  strip_accents: flags.includes("s"), lowercase: flags.includes("l"),
});

// A map with the one entry "a", which becomes "b": whether a character belongs to the "a" before it is seen by its being dropped.
const clusterMap = () => {
  const units = new Uint32Array(512);
  units[0] = 256 << 10;
  units[256 ^ 0x61] = (((256 ^ 0x61 ^ 300) << 10) | 0x100 | 0x61) >>> 0;
  units[300] = 0x80000000;
  const bytes = Buffer.alloc(4 + units.length * 4 + 2);
  bytes.writeUInt32LE(units.length * 4, 0);
  units.forEach((unit, i) => bytes.writeUInt32LE(unit, 4 + i * 4));
  bytes.write("b\0", 4 + units.length * 4);
  return bytes.toString("base64");
};
const charsMap = name => JSON.parse(zlib.gunzipSync(fs.readFileSync(path.join(__dirname, `../${name}/tokenizer.json.gz`)))).normalizer;

// Section, what stands before the code point, what after it, and whether Hangul syllables are left out: what they decompose into takes
// much room, and the first NFD has them.
const NORMALIZERS = [
  ...["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"].map(type => [{ type }, "", ";", type === "NFKD"]),
  [{ type: "NFD" }, "a\u0345", ";", true],
  [{ type: "NFD" }, "a", "\u0334;", true],
  [{ type: "NFKC" }, "a\u0345", "\u0301;"],
  [{ type: "NFC" }, "\u1100", "\u11a8;"],
  [{ type: "Sequence", normalizers: [{ type: "NFD" }, { type: "NFC" }] }, "", ";"],
  [{ type: "Sequence", normalizers: [{ type: "NFKD" }, { type: "NFKC" }] }, "", ";"],
  ...["c", "h", "s", "l", "chsl"].map(flags => [bert(flags), "", ";", flags.includes("s")]),
  [{ type: "Precompiled", precompiled_charsmap: clusterMap() }, "a", ";"],
];
const PRE_TOKENIZERS = [
  ...["Whitespace", "WhitespaceSplit", "BertPreTokenizer", "Punctuation", "UnicodeScripts"].map(type => [{ type }, "a", "a"]),
  [{ type: "Digits", individual_digits: true }, "a", "a"],
  [{ type: "UnicodeScripts" }, "\u4e2d", "\u4e2d"],
  [{ type: "UnicodeScripts" }, "!", "!"],
  ...["a", "1", "!", "a "].map(before => [{ type: "ByteLevel", add_prefix_space: false, trim_offsets: false }, before, before[0]]),
];

const load = (normalizer, preTokenizers) => Tokenizer.fromString(JSON.stringify({
  version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer,
  pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "CharDelimiterSplit", delimiter: DELIMITER }, ...preTokenizers] },
  post_processor: null, decoder: null, model: { type: "Unigram", unk_id: 0, vocab: [["<unk>", 0]], byte_fallback: false },
}));

// The unknown token, which shows the text that it covers, is all that the model has.
async function normalized(tokenizer, texts) {
  const tokens = (await tokenizer.encode(texts.join(DELIMITER), null, { addSpecialTokens: false })).getTokens();
  if (tokens.length !== texts.length) throw new Error(`${tokens.length} of ${texts.length}`);
  return tokens;
}

async function pieces(tokenizer, texts) {
  const offsets = (await tokenizer.encode(texts.join(DELIMITER), null, { addSpecialTokens: false })).getOffsets();
  const length = [...texts[0]].length + 1;
  const results = texts.map(() => []);
  for (const [start, end] of offsets) {
    const text = Math.floor(start / length);
    results[text].push(`${start - text * length}-${end - text * length}`);
  }

  return results.map(result => result.join(" "));
}

// The runs of code points with one result; those with the usual one are left out.
async function describe(section, before, after, tokenizer, ask, usual, shorten, withoutHangul = false) {
  const runs = [];
  const codePoints = CODE_POINTS.filter(c => !withoutHangul || c < 0xac00 || c > 0xd7a3);
  for (let i = 0; i < codePoints.length; i += BATCH) {
    const batch = codePoints.slice(i, i + BATCH);
    const results = await ask(tokenizer, batch.map(c => before + String.fromCodePoint(c) + after));
    batch.forEach((c, at) => {
      const result = shorten(results[at], String.fromCodePoint(c));
      const last = runs[runs.length - 1];
      if (result === usual) return;
      if (last && last[1] === c - 1 && last[2] === result) last[1] = c;
      else runs.push([c, c, result]);
    });
  }

  return { section, before, after, without_hangul: withoutHangul, usual, runs };
}

async function main() {
  const lines = [{ tokenizers: version }];
  const own = (result, c) => result.split(c).join("\u0001");
  for (const [section, before, after, withoutHangul] of NORMALIZERS) {
    const golden = await describe(section, before, after, load(section, []), normalized, `${before}\u0001${after}`, own, withoutHangul);
    lines.push({ kind: "normalizer", ...golden });
  }

  // Of a tokenizer's own map only the name is kept.
  for (const name of ["synth-xlmr", "t5-small"]) {
    const golden = await describe({ tokenizer: name }, "", ";", load(charsMap(name), []), normalized, "\u0001;", own);
    lines.push({ kind: "normalizer", ...golden });
  }

  for (const [section, before, after] of PRE_TOKENIZERS) {
    const length = [...(before + after)].length + 1;
    const golden = await describe(section, before, after, load(null, [section]), pieces, `0-${length}`, result => result);
    lines.push({ kind: "pre_tokenizer", ...golden });
  }

  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.map(line => JSON.stringify(line)).join("\n") + "\n");
}

main();
