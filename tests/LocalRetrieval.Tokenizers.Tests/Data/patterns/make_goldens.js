// Writes goldens.jsonl beside this file: what Hugging Face tokenizers finds of regular expressions, those of known tokenizers and random
// ones, in random texts; how it splits, replaces and decodes by them; and which it refuses.
// npm install tokenizers@0.23.2 && node make_goldens.js && gzip -n -9 goldens.jsonl

const fs = require("fs");
const path = require("path");
const { Tokenizer } = require("tokenizers");
const { version } = require("tokenizers/package.json");

const PARTS = [
  " ", " ", " ", "  ", "   ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", " \n", "\n ", "\u000b", "\u0085", "\u00a0", "\u2003", "\u2028", "\u3000", "\u200b",
  "\u200d", "\ufeff", "\u00ad", "\u0000", "a", "b", "ab", "A", "k", "K", "\u212a", "s", "S", "ſ", "ss", "ß", "ẞ", "st", "ﬆ", "ﬅ", "ff", "ﬀ", "ﬃ", "fi", "ﬁ", "i", "I", "İ",
  "ı", "i\u0307", "å", "\u212b", "µ", "μ", "ς", "Σ", "ΐ", "ŉ", "hello", "World", "HTTPServer", "naïve", "e\u0301", "\u0301", "É", "ǅ", "ǆ", "ʰ", "ª", "𐐀", "𐐨", "𝐀", "𝟎",
  "1", "12", "123", "1234", "12345678", "٣", "१२", "²", "½", "Ⅷ", "𝟗𝟗", "߀", "'", "'s", "'S", "'ſ", "'t", "'re", "'RE", "'Ve", "'ll", "'LL", "'m", "'d", "’s", "don't",
  "_", "-", ".", ",", "...", "!", "?", "$", "+", "#", "/", "//", "\\", "(", ")", "[", "]", "{", "}", "|", "&", "~", "`", "^", "…", "。", "，", "«", "—", "€", "©",
  "中", "文字", "𠀀", "日本語", "カタ", "ｶﾞ", "ひらがな", "한국어", "가", "ไทย", "हिन्दी", "العربية", "עברית", "Привет", "Ёж", "ა", "Ა", "😀", "👨‍👩‍👧", "🇩🇪", "👍🏽", "\u{1f3fb}", "☺\ufe0f",
  "<|x|>", "http://a.b/c?d=e", "x1", "3.14", "▁", "\ue000", "\u{10ffff}",
];
const KNOWN = [
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
  "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "[一-龥぀-ゟ゠-ヿ]+", "\\p{N}{1,3}", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-퟿]+", "[\\r\\n]", "\\p{N}", "\\p{N}+", " ?[^(\\s|[.,!?…。，、।۔،])]+",
  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
  "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  "\\d{1,3}(?=(?:\\d{3})*\\b)", "(?:\\r?\\n)+(?!\\r?\\n)", "[0-9][0-9][0-9]", " {2,}", "\\s+", "\\s+$", "^\\s+|\\s+$", "'(?=[A-Za-z])", "(?<=\\p{L})(?=\\p{N})", "\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})",
  "\\w+|[^\\w\\s]+", "\\b", "\\B", "(?i)[a-z]+", "▁", "[^▁]*▁?", ".+", "(?m).+", "\\R", "\\h+", "(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\ufe0f?)\\p{EMod}?",
  "", "a*", "a*?", "a??", "(?=a)", "(?!a)", "(?<=a)", "(?<!\\s)", "x|", "|x", "$", "^", "\\A", "\\z", "\\Z", "(?:)", "a{3,1}", "a{1}?", "a{,2}", "a{,}", "a{", "{a}", "a{1,2}+", "a++b", "(?>a+)b", "]", "[]a]", "[^]a]",
  "(?i:ss)", "(?i:ß)", "(?i:ẞ)", "(?i:fi)", "(?i:ffi)", "(?i:ff)", "(?i:st)", "(?i:first)", "(?i:sst)", "(?i:s(?:s))", "(?i:(s)s)", "(?i:s)(?i:s)", "(?i:ss+)", "(?i:s{2})", "(?i:[ß])", "(?i:[^ß])", "(?i:[\\p{L}]\\s)",
  "(?i:[\\p{Ll}])", "(?i:\\p{Ll})", "(?i:[^\\p{Ll}])", "(?i:i)", "(?i:İ)", "(?i:i\\u0307)", "(?i:[i])", "(?i:k)", "(?i:[k])", "(?i:µ)", "(?i:σ)", "(?i:ǆ)", "(?i:\\x{10400})", "(?i:ა)", "(?i:ŉ)", "(?i:ΐ)", "(?<=(?i:k))a", "(?<=(?i:ss)) ",
  "(?<=(?i:[ß])) ", "(?<=(?i:ß)) ", "a(?i)b|s", "(?i)a(?-i)b|S", "(?x) a b # c\n | s", "(?x:a\\ b)", "(?x:[ ])", "a(?#b\\)c)+", "(?i-mx:a)", "(?-i:A)", "(?<n>a)b", "(?'n'a)b",
  "\\x41", "\\x{41}", "\\u0041", "\\060", "[\\101]", "\\x", "\\xg", "[\\0]", "\\0", "\\t\\n?", "\\v", "\\e|\\a|\\f", "\\o{101}", "[\\b]", "[\\x00-\\x7f]", "[\\x{0}-\\x{10FFFF}]", "\\O", "\\N+", "\\Q", "\\'", "\\<",
  "[\\w&&[^\\d_]]+", "[^\\W\\d]+", "[a-z&&[^aeiou]]+", "[&&a]", "[a&&]", "[^&&]", "[a-c-e]", "[-a]", "[a-]", "[--/]", "[!--]", "[\\w-]+", "[a-\\x{7a}]+", "[[:alpha:]]+", "[[:^alpha:]]+", "[[:punct:]]+", "\\p{Punct}+", "\\p{punctuation}",
  "[[:graph:]]+", "[[:print:]]+", "[[:word:]]+", "\\p{word}+", "[\\w]+", "\\w+", "\\W+", "[\\W]+", "[[:blank:]]", "[[:cntrl:]]", "[[:space:]]+", "[[:upper:]]+", "[[:lower:]]+", "[[:alnum:]]+", "[[:xdigit:]]+", "[[:ascii:]]+", "[[:digit:]]+",
  "\\pL+", "\\PL+", "[\\pL]+", "\\p{^L}+", "\\P{^L}+", "\\p{Latn}+", "\\p{han}+", "\\p{Greek}", "\\p{Hiragana}+|\\p{Katakana}+", "\\p{Hangul}+", "\\p{Thai}+", "\\p{Arabic}+", "\\p{Cyrillic}+", "\\p{Deva}+", "\\p{Common}+", "\\p{Zinh}+",
  "\\p{Mn}+", "\\p{Nd}+", "\\p{Lm}", "\\p{Cn}", "\\p{Co}", "\\p{LC}+", "\\p{Any}", "\\p{Alphabetic}+", "\\p{White Space}+", "\\p{upper-case_letter}", "\\p{Ideographic}+", "\\p{RI}{2}", "\\p{Emoji}", "\\p{ASCII}+", "\\p{Dash}",
];
// What the reference refuses, and of these the library too.
const REFUSED = ["(", ")", "[", "[]", "a)", "*", "+a", "?", "{2}", "(?", "(?<", "(?z)", "(?s)", "(?=a)*", "^*", "\\b+", "\\", "\\p{", "\\p{Foo}", "\\p{script=Greek}", "[b-a]", "[\\w-a]", "[a-\\d]", "[[:foo:]]", "\\1", "\\k<x>", 
  "\\u12", "a{100001}", "(?P<n>a)", "(?<1a>b)", "(?i", "[a", "[a&&", "(?#", "\\g<x>"];
// Where the reference panics at its limit of retries, and the process ends.
const GIVEN_UP = [
  "(?>\\b|((?:'?|\\n*.?+))??\\t)\\n{,2}((?i:b?))?|(?>(?:s++[^\\p{Lu}😀[0-9\\p{P}.]]\\O{,2}|'[^a]{1,2}+\\n)(?=ss\\.+)){2}",
];
const CONTENTS = ["", "-", "$1", "\\0", "▁x", "😀"];
const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"];

let state = 7;
const next = n => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % n;
};
const pick = list => list[next(list.length)];

const CLASSES = ["\\p{L}", "\\p{N}", "\\s", "\\S", "\\w", "\\W", "\\d", "\\h", "\\p{Lu}", "\\p{Ll}", "\\P{L}", "\\p{^M}", "\\p{Han}", "\\p{P}", "\\p{S}", "\\p{Emoji}", "\\p{M}", "\\p{Latin}", "\\r\\n", "\\x{1F600}-\\x{1F64F}",
  "[:alpha:]", "[:^punct:]", "[:upper:]", "a-z", "A-Z", "0-9", "à-ÿ", "一-龥", "𐐀-𐐧"];
const LITERALS = ["a", "b", "s", "k", "S", "ß", "f", "i", "1", " ", "'", "é", "\\u0301", "中", "😀", "𐐀", "\\.", "-", "\\n", "\\r", "\\t", "\\x{212A}", "_", "ss", "st", "ff"];
const inClass = () => (c => (c.startsWith("[:") ? `[${c}]` : c))(pick(CLASSES));
const set = depth => {
  let items = Array.from({ length: 1 + next(3) }, () => pick([inClass, inClass, () => pick(["a", "k", "ß", "中", "😀", "\\-", "."])])()).join("");
  if (depth > 0 && next(4) === 0) items += set(depth - 1);
  if (depth > 0 && next(4) === 0) items += `&&${pick([set(depth - 1), inClass()])}`;
  return `[${next(3) === 0 ? "^" : ""}${items}]`;
};
// A piece, whether it can be empty, whether a quantifier may follow, whether it holds what a lookbehind may not.
const atom = depth => {
  const kind = next(depth > 0 ? 16 : 8);
  if (kind < 3) return { text: pick(LITERALS) };
  if (kind < 5) return { text: set(1) };
  if (kind < 7) return { text: pick(["\\p{L}", "\\p{N}", "\\s", "\\S", "\\w", "\\d", "\\W", ".", "\\p{Lu}", "\\p{M}", "\\P{L}", "\\N", "\\O"]) };
  if (kind === 7) return { text: pick(["^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z"]), empty: true, fixed: true };
  const inner = choice(depth - 1);
  if (kind < 11) return { ...inner, text: `(?:${inner.text})`, fixed: inner.fixed || inner.quantified };
  if (kind === 11) return { ...inner, text: `(${inner.text})`, fixed: inner.fixed };
  if (kind === 12) return { ...inner, text: `(?i:${inner.text})`, fixed: inner.fixed };
  if (kind === 13) return { ...inner, text: `(?>${inner.text})`, fixed: inner.fixed, atomic: true };
  if (kind === 14 || inner.atomic) return { text: `(?${pick(["=", "!"])}${inner.text})`, empty: true, fixed: true, atomic: inner.atomic };
  return { text: `(?<${pick(["=", "!"])}${next(2) === 0 ? pick(LITERALS) : set(0)})`, empty: true, fixed: true };
};
const piece = depth => {
  const part = atom(depth);
  if (part.fixed || next(2) === 0) return part;
  if (part.empty) return { ...part, text: `(${part.text})${pick(["?", "??", "?+"])}`, atomic: true };
  // No endless repeat within another: the reference gives up on those, and with it the process.
  const [quantifier, empty] = part.many ? pick([["?", 1], ["{2}", 0], ["?+", 1]]) : pick([["?", 1], ["*", 1], ["+", 0], ["+", 0], ["??", 1], ["*?", 1], ["+?", 0], ["?+", 1], ["*+", 1], ["++", 0], ["{2}", 0], ["{1,3}", 0], ["{2,}", 0], ["{,2}", 1], ["{1,2}?", 0], ["{2,1}", 0], ["{1,2}+", 0]]);
  return { text: part.text + quantifier, empty: empty === 1, quantified: true, many: part.many || /[*+,]/.test(quantifier), atomic: part.atomic || /\+$|\{2,1\}$/.test(quantifier) };
};
const row = depth => {
  const parts = Array.from({ length: 1 + next(3) }, () => piece(depth));
  return { text: parts.map(part => part.text).join(""), empty: parts.every(part => part.empty), fixed: parts.every(part => part.fixed), quantified: parts.length === 1 && parts[0].quantified, many: parts.some(part => part.many), atomic: parts.some(part => part.atomic) };
};
const choice = depth => {
  const rows = Array.from({ length: 1 + next(3) }, () => row(depth));
  return { text: rows.map(part => part.text).join("|"), empty: rows.some(part => part.empty), fixed: rows.some(part => part.fixed), quantified: rows.length === 1 && rows[0].quantified, many: rows.some(part => part.many), atomic: rows.some(part => part.atomic) };
};

const tokenizer = sections => Tokenizer.fromString(JSON.stringify({
  version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null,
  model: { type: "WordLevel", vocab: { u: 0 }, unk_token: "u" }, ...sections,
}));
const split = (pattern, behavior, invert) => ({ type: "Split", pattern, behavior, invert });
const spans = async (made, text) => (await made.encode(text, null, { addSpecialTokens: false })).getOffsets().flat();

async function main() {
  const texts = Array.from({ length: 240 }, () => Array.from({ length: 1 + next(14) }, () => pick(PARTS)).join(""));
  const lines = [{ tokenizers: version, texts }];
  const matches = async (regex, count) => {
    let made;
    try { made = tokenizer({ pre_tokenizer: split({ Regex: regex }, "Removed", true) }); } catch (error) { throw new Error(`${regex}: ${error.message}`); }
    const cases = [];
    for (let i = 0; i < count; i++) {
      const text = count === texts.length ? i : next(texts.length);
      cases.push([text, ...(await spans(made, texts[text]))]);
    }
    lines.push({ kind: "matches", regex, cases });
  };
  for (const regex of KNOWN) await matches(regex, regex.length > 40 ? texts.length : 30);
  for (let made = 0; made < 500; made++) {
    const regex = choice(2).text;
    if (!GIVEN_UP.includes(regex)) await matches(regex, 16);
  }

  for (let made = 0; made < 150; made++) {
    const pattern = next(4) === 0 ? { String: pick(["", " ", "a", "ss", ".", "\n", "\\", "中", "😀", "^$", " #-&~"]) } : { Regex: next(2) === 0 ? pick(KNOWN) : choice(1).text };
    const behavior = pick(BEHAVIORS);
    const invert = next(2) === 0;
    const content = pick(CONTENTS);
    const splits = tokenizer({ pre_tokenizer: split(pattern, behavior, invert) });
    const replaces = tokenizer({ normalizer: { type: "Replace", pattern, content }, pre_tokenizer: split({ String: "" }, "Isolated", false) });
    const chosen = Array.from({ length: 12 }, () => next(texts.length));
    const cases = [];
    for (const text of chosen) {
      const decodes = tokenizer({ decoder: { type: "Replace", pattern, content }, model: { type: "WordLevel", vocab: { u: 0, [texts[text]]: 1 }, unk_token: "u" } });
      cases.push({ text, spans: await spans(splits, texts[text]), origins: await spans(replaces, texts[text]), decoded: await decodes.decode([1], false) });
    }
    lines.push({ kind: "components", pattern, behavior, invert, content, cases });
  }

  for (const regex of REFUSED) {
    let refused = false;
    try { tokenizer({ pre_tokenizer: split({ Regex: regex }, "Removed", true) }); } catch { refused = true; }
    if (!refused) throw new Error(`${regex} is read`);
    lines.push({ kind: "refused", regex });
  }
  fs.writeFileSync(path.join(__dirname, "goldens.jsonl"), lines.map(line => JSON.stringify(line)).join("\n") + "\n");
}

main();
