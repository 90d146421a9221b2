// Writes RegexPropertyTables.cs and RegexFoldTables.cs beside this file: the character properties and the case folding of the
// reference's regular expressions (Oniguruma of Unicode 16.0), by asking it about every character.
// npm install tokenizers@0.23.2 && node make_regex_tables.js

const fs = require("fs");
const path = require("path");
const { Tokenizer } = require("tokenizers");

const CATEGORIES = ("Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co").split(" ");
const PROPERTIES = ("Alphabetic Lowercase Uppercase Emoji Emoji_Component Emoji_Modifier Emoji_Modifier_Base Emoji_Presentation " +
  "Extended_Pictographic Ideographic Unified_Ideograph Variation_Selector Regional_Indicator Join_Control Dash Quotation_Mark Diacritic").split(" ");
const SCRIPTS = (`Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki Bopomofo Brahmi
  Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform
  Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic
  Garay Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo
  Hatran Hebrew Hiragana Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada
  Katakana Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A
  Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek
  Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari
  New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal Old_Hungarian Old_Italic Old_North_Arabian Old_Permic
  Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau
  Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian
  Sora_Sompeng Soyombo Sundanese Sunuwar Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut
  Telugu Thaana Thai Tibetan Tifinagh Tirhuta Todhri Toto Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi
  Zanabazar_Square`).split(/\s+/);
const SCRIPT_CODES = (`Adlm Aghb Arab Armi Armn Avst Bali Bamu Bass Batk Beng Bhks Bopo Brah Brai Bugi Buhd Cakm Cans Cari Cher Chrs Copt Cpmn Cprt
  Cyrl Deva Diak Dogr Dsrt Dupl Egyp Elba Elym Ethi Gara Geor Glag Gong Gonm Goth Gran Grek Gujr Gukh Guru Hang Hani Hano Hatr
  Hebr Hira Hluw Hmng Hmnp Hung Ital Java Kali Kana Khar Khmr Khoj Kits Knda Krai Kthi Lana Laoo Latn Lepc Limb Lina Linb Lyci
  Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Mlym Mong Mroo Mtei Mult Mymr Nagm Nand Narb Nbat Nkoo Nshu Ogam Olck Onao
  Orkh Orya Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx Plrd Prti Qaac Qaai Rjng Rohg Runr Samr Sarb Saur Sgnw Shaw Shrd
  Sidd Sind Sinh Sogd Sogo Sora Soyo Sund Sunu Sylo Syrc Tagb Takr Tale Talu Taml Tang Tavt Telu Tfng Tglg Thaa Tibt Tirh Tnsa
  Todr Tutg Ugar Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb Zinh Zyyy`).split(/\s+/);

// What the library builds from the others, checked here: a name and an equal class.
const DERIVED = {
  "\\p{Alnum}": "[\\p{Alphabetic}\\p{Nd}]", "\\p{Alpha}": "\\p{Alphabetic}", "\\p{Blank}": "[\\p{Zs}\\t]", "\\p{Cntrl}": "\\p{Cc}",
  "\\p{Digit}": "\\p{Nd}", "\\p{Graph}": "[^\\s\\p{Cc}\\p{Cn}\\p{Cs}]", "\\p{Lower}": "\\p{Lowercase}", "\\p{Upper}": "\\p{Uppercase}",
  "\\p{Print}": "[[^\\s\\p{Cc}\\p{Cn}\\p{Cs}]\\p{Zs}]", "\\p{Punct}": "\\p{P}", "[[:punct:]]": "[\\p{P}\\p{S}]", "\\d": "\\p{Nd}",
  "\\s": "[\\t-\\r\\u0085\\p{Z}]", "\\p{Space}": "[\\t-\\r\\u0085\\p{Z}]", "\\p{White_Space}": "[\\t-\\r\\u0085\\p{Z}]",
  "[\\w]": "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]", "[\\p{Word}]": "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]",
  "\\w": "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}²³¹¼½¾]", "\\p{Word}": "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}²³¹¼½¾]",
  "\\p{XDigit}": "[0-9A-Fa-f]", "\\h": "[0-9A-Fa-f]", "\\p{ASCII}": "[\\x00-\\x7F]", "\\p{Any}": "[\\x00-\\x{10FFFF}]",
  "\\p{LC}": "[\\p{Lu}\\p{Ll}\\p{Lt}]", "\\p{Assigned}": "\\P{Cn}",
};

const finder = pattern => Tokenizer.fromString(JSON.stringify({
  version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, post_processor: null, decoder: null,
  pre_tokenizer: { type: "Split", pattern: { Regex: pattern }, behavior: "Removed", invert: true },
  model: { type: "WordLevel", vocab: { u: 0 }, unk_token: "u" },
}));
const spans = async (pattern, text) => (await finder(pattern).encode(text, null, { addSpecialTokens: false })).getOffsets();

// All but the inside of what is unassigned or of private use from end to end.
const ALL = (() => {
  const characters = [];
  for (const [first, last] of [[0, 0xd7ff], [0xe000, 0x3ffff], [0xdffff, 0xf0000], [0xffffd, 0x100000], [0x10fffd, 0x10ffff]]) {
    for (let c = first; c <= last; c++) characters.push(c);
  }
  return characters;
})();
const ALL_TEXT = ALL.map(c => String.fromCodePoint(c)).join("");
const hex = n => (n < 10 ? `${n}` : `0x${n.toString(16).toUpperCase()}`);

/** The ranges of what a class matches; the surrogates belong to the range around them. */
async function ranges(pattern) {
  return (await spans(`${pattern}+`, ALL_TEXT)).flatMap(([start, end]) => [ALL[start], ALL[end - 1]]);
}

function values(numbers) {
  const lines = [""];
  for (const number of numbers.map(hex)) {
    if (lines.at(-1).length + number.length > 120) lines.push("");
    lines[lines.length - 1] += `${lines.at(-1) === "" ? "" : " "}${number},`;
  }
  return lines.map(line => `        ${line}\n`).join("");
}

const member = (name, summary, numbers) => `    /// <summary>${summary}</summary>
    public static ReadOnlySpan<int> ${name} =>\n    [\n${values(numbers)}    ];\n`;
const names = (name, summary, list) => {
  const lines = [""];
  for (const text of list.map(item => `"${item}"`)) {
    if (lines.at(-1).length + text.length > 120) lines.push("");
    lines[lines.length - 1] += `${lines.at(-1) === "" ? "" : " "}${text},`;
  }
  return `    /// <summary>${summary}</summary>\n    public static readonly string[] ${name} =\n    [\n${lines.map(line => `        ${line}\n`).join("")}    ];\n`;
};
const write = (type, summary, members) => fs.writeFileSync(path.join(__dirname, `${type}.cs`),
  `// <auto-generated>Written by make_regex_tables.js; do not edit.</auto-generated>\n\nnamespace LocalRetrieval.Tokenizers.Unicode;\n\n` +
  `/// <summary>${summary}</summary>\ninternal static class ${type}\n{\n${members.join("\n")}}\n`);

/** First, last and which of the names, for each range of any of them. */
async function partition(list) {
  const runs = [];
  for (let i = 0; i < list.length; i++) {
    const found = await ranges(`\\p{${list[i]}}`);
    if (found.length === 0) throw new Error(list[i]);
    for (let j = 0; j < found.length; j += 2) runs.push([found[j], found[j + 1], i]);
  }
  return runs.sort((a, b) => a[0] - b[0]).flat();
}

async function writeProperties() {
  for (const [name, equal] of Object.entries(DERIVED)) {
    if (JSON.stringify(await ranges(name)) !== JSON.stringify(await ranges(equal))) throw new Error(`${name} is not ${equal}`);
  }

  const scripts = await partition(SCRIPTS);
  const first = new Map(SCRIPTS.map((_, i) => [scripts[scripts.findIndex((n, j) => j % 3 === 2 && n === i) - 2], i]));
  const codes = [];
  for (const code of SCRIPT_CODES) {
    const index = first.get((await ranges(`\\p{${code}}`))[0]);
    if (JSON.stringify(await ranges(`\\p{${code}}`)) !== JSON.stringify(await ranges(`\\p{${SCRIPTS[index]}}`))) throw new Error(code);
    codes.push(`${code}=${SCRIPTS[index]}`);
  }

  const members = [
    names("CategoryNames", "The categories, by the numbers in <see cref=\"Categories\"/>.", CATEGORIES),
    member("Categories", "First, last, which category; what is in none is unassigned.", await partition(CATEGORIES)),
    names("ScriptNames", "The scripts, by the numbers in <see cref=\"Scripts\"/>.", SCRIPTS),
    names("ScriptCodes", "The codes of scripts, each with its name.", codes),
    member("Scripts", "First, last, which script; what is in none is of unknown script.", scripts),
  ];
  for (const property of PROPERTIES) {
    members.push(member(property.replaceAll("_", ""), `The property ${property}: first, last.`, await ranges(`\\p{${property}}`)));
  }
  write("RegexPropertyTables", "Character properties as the reference's regular expressions have them, of Unicode 16.0.", members);
}

async function writeFolds() {
  const cased = ALL.filter(c => {
    const text = String.fromCodePoint(c);
    return text.toLowerCase() !== text || text.toUpperCase() !== text;
  });
  const asked = new Set(cased);
  for (const property of ["Changes_When_Casefolded", "Changes_When_Casemapped"]) {
    const found = await ranges(`\\p{${property}}`);
    for (let i = 0; i < found.length; i += 2) {
      for (let c = found[i]; c <= found[i + 1]; c++) asked.add(c);
    }
  }

  const candidates = [...asked].sort((a, b) => a - b);
  const text = candidates.map(c => String.fromCodePoint(c)).join(" ");
  const simple = [];
  const multiple = [];
  for (const c of candidates) {
    const written = `\\x{${c.toString(16)}}`;
    const equal = (await spans(`(?i:[${written}])`, text)).filter(([start, end]) => end === start + 1).map(([start]) => candidates[start / 2]);
    const literal = (await spans(`(?i:${written})`, text)).map(([start]) => candidates[start / 2]);
    if (JSON.stringify(equal) !== JSON.stringify(literal)) throw new Error(`${written}: ${equal} or ${literal}`);
    for (const other of equal.filter(other => other !== c)) simple.push(c, other);

    const folds = new Set([c, ...equal].map(other => String.fromCodePoint(other)).flatMap(character => [
      character.toUpperCase().toLowerCase(), character.toLowerCase(), character.toUpperCase().normalize("NFD").toLowerCase(),
      character.normalize("NFD").toLowerCase(), character.normalize("NFKD").toLowerCase(),
      [...character.toUpperCase()].map(upper => upper.toLowerCase()).join("").replaceAll("ς", "σ")]));
    for (const fold of [...folds].filter(fold => [...fold].length > 1)) {
      const whole = [...fold].length;
      if ((await spans(`(?i:[${written}])`, fold)).some(([start, end]) => start === 0 && end === whole)) {
        multiple.push([c, ...[...fold].map(part => part.codePointAt(0)), 0].slice(0, 4));
      }
    }
  }

  multiple.sort((a, b) => (a[3] === 0) - (b[3] === 0) === 0 ? a[0] - b[0] : (b[3] === 0) - (a[3] === 0));
  write("RegexFoldTables", "Case folding as the reference's regular expressions have it, of Unicode 16.0.", [
    member("Equal", "A character and another that is the same but for the case, both ways.", simple),
    member("Sequences", "A character and the two or three (else 0) that are the same but for the case; the pairs are first.", multiple.flat()),
  ]);
  console.log(simple.length / 2, multiple.length);
}

writeProperties().then(writeFolds);
