"""Writes CodePointTables.cs, CanonicalDecompositions.cs, CompatibilityDecompositions.cs and ScriptTable.cs
beside this file.

The tables are those that Hugging Face tokenizers 0.23 is built with:
categories of Unicode 8.0 (crate unicode_categories 0.1.1), decompositions, compositions and combining classes of
Unicode 9.0 (crate unicode-normalization-alignments 0.1.12), lowercase of Unicode 17.0 (the standard library of Rust 1.95), word
characters of Unicode 16.0 (crate regex), letters and numbers of Unicode 16.0 (Oniguruma 6.9.10, in crate onig_sys 69.9; compared with
its tables), numbers of Unicode 17.0 (the standard library of Rust 1.95), combining marks of Unicode 9.0 (crate
unicode-normalization-alignments), scripts of Unicode 9.0 (the reference's own table). In the tests, Data/code-points
holds what the reference, 0.23.2, makes of every code point; CodePointGoldenTests compares.
Needs Python with Unicode 14.0 and perl with the same, which knows the version that assigned a code point, and \\w.
"""

import os
import subprocess
import unicodedata

assert unicodedata.unidata_version == "14.0.0"

HERE = os.path.dirname(os.path.abspath(__file__))
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]

# Code points whose category Unicode 8.0 and 14.0 give differently.
CATEGORY_IN_8 = {0x166D: "Po", 0x111C9: "Po", 0x1885: "Lo", 0x1886: "Lo", 0xA9BD: "Mc", 0x1734: "Mn"}

# Lowercase mappings that Unicode 15.0 to 17.0 added: first, last, first lowercase.
LOWERCASE_SINCE_15 = [
    (0x1C89, 0x1C89, 0x1C8A), (0xA7CB, 0xA7CB, 0x264), (0xA7CC, 0xA7CC, 0xA7CD), (0xA7CE, 0xA7CE, 0xA7CF), (0xA7D2, 0xA7D2, 0xA7D3),
    (0xA7D4, 0xA7D4, 0xA7D5), (0xA7DA, 0xA7DA, 0xA7DB), (0xA7DC, 0xA7DC, 0x19B), (0x10D50, 0x10D65, 0x10D70),
    (0x16EA0, 0x16EB8, 0x16EBB),
]

# Word characters that Unicode 15.0 to 16.0 added.
WORD_SINCE_15 = [
    (0x897, 0x897), (0xCF3, 0xCF3), (0xECE, 0xECE), (0x1C89, 0x1C8A), (0xA7CB, 0xA7CD), (0xA7DA, 0xA7DC), (0x105C0, 0x105F3),
    (0x10D40, 0x10D65), (0x10D69, 0x10D6D), (0x10D6F, 0x10D85), (0x10EC2, 0x10EC4), (0x10EFC, 0x10EFF), (0x1123F, 0x11241),
    (0x11380, 0x11389), (0x1138B, 0x1138B), (0x1138E, 0x1138E), (0x11390, 0x113B5), (0x113B7, 0x113C0), (0x113C2, 0x113C2),
    (0x113C5, 0x113C5), (0x113C7, 0x113CA), (0x113CC, 0x113D3), (0x113E1, 0x113E2), (0x116D0, 0x116E3), (0x11BC0, 0x11BE0),
    (0x11BF0, 0x11BF9), (0x11F00, 0x11F10), (0x11F12, 0x11F3A), (0x11F3E, 0x11F42), (0x11F50, 0x11F5A), (0x1342F, 0x1342F),
    (0x13440, 0x13455), (0x13460, 0x143FA), (0x16100, 0x16139), (0x16D40, 0x16D6C), (0x16D70, 0x16D79), (0x18CFF, 0x18CFF),
    (0x1B132, 0x1B132), (0x1B155, 0x1B155), (0x1CCF0, 0x1CCF9), (0x1DF25, 0x1DF2A), (0x1E030, 0x1E06D), (0x1E08F, 0x1E08F),
    (0x1E4D0, 0x1E4F9), (0x1E5D0, 0x1E5FA), (0x2B739, 0x2B739), (0x2EBF0, 0x2EE5D), (0x31350, 0x323AF),
]

# Numbers that Unicode 15.0 to 17.0 added.
NUMERIC_SINCE_15 = [
    (0x10D40, 0x10D49), (0x116D0, 0x116E3), (0x11BF0, 0x11BF9), (0x11DE0, 0x11DE9), (0x11F50, 0x11F59), (0x16130, 0x16139),
    (0x16D70, 0x16D79), (0x16FF4, 0x16FF6), (0x1CCF0, 0x1CCF9), (0x1D2C0, 0x1D2D3), (0x1E4F0, 0x1E4F9), (0x1E5F1, 0x1E5FA),
]

# Code points that are marks in just one of Unicode 9.0 and 14.0.
MARKS_ONLY_IN_9 = {0x1CF2, 0x1CF3}
MARKS_ONLY_IN_14 = {0x111C9}

# Scripts that the reference's table and Unicode 14.0 give differently.
SCRIPTS_OF_REFERENCE = {0x589: "Common", 0x61C: "Common", 0x953: "Devanagari", 0x954: "Devanagari"}

# What the pre-tokenizer takes for Han, and the mark between words in katakana that the script table has as common.
HAN = {"Han", "Hiragana", "Katakana"}
PROLONGED_SOUND_MARK = 0x30FC


def matching(pattern):
    """The code points that a regular expression of perl matches."""
    program = (
        "use Unicode::UCD; die unless Unicode::UCD::UnicodeVersion() eq '14.0.0'; "
        f"for my $c (0..0x10FFFF) {{ next if $c >= 0xD800 && $c <= 0xDFFF; print \"$c\\n\" if chr($c) =~ /{pattern}/u }}"
    )
    return {int(line) for line in subprocess.run(["perl", "-e", program], capture_output=True, text=True, check=True).stdout.split()}


def assigned_in(version):
    return matching(f"\\p{{Present_In: {version}}}")


def scripts():
    """The script of each code point that has one, from perl."""
    program = (
        "use Unicode::UCD 'prop_invmap'; my ($starts, $names) = prop_invmap('Script'); "
        'for my $i (0..$#$starts) { print "$starts->[$i] $names->[$i]\\n" }'
    )
    lines = subprocess.run(["perl", "-e", program], capture_output=True, text=True, check=True).stdout.splitlines()
    starts = [(int(line.split()[0]), line.split()[1]) for line in lines] + [(0x110000, "Unknown")]
    return {c: name for (first, name), (end, _) in zip(starts, starts[1:]) for c in range(first, end) if name != "Unknown"}


def ranges(values):
    """(first, last, value) of each run of equal values; {code point: value} in ascending order."""
    runs = []
    for code_point, value in values.items():
        if runs and runs[-1][1] == code_point - 1 and runs[-1][2] == value:
            runs[-1][1] = code_point
        else:
            runs.append([code_point, code_point, value])
    return runs


def lowercase_runs(deltas):
    """(first, last, step, delta): runs of code points one or two apart with one delta."""
    runs = []
    for code_point, delta in deltas.items():
        last = runs[-1] if runs else None
        step = code_point - last[1] if last else 0
        if last and last[3] == delta and step in (1, 2) and (last[0] == last[1] or last[2] == step):
            last[1], last[2] = code_point, step
        else:
            runs.append([code_point, code_point, 1, delta])
    return runs


def span(name, summary, numbers):
    lines, line = [], "       "
    for number in numbers:
        text = f" {number}," if abs(number) < 10 else f" {'-' if number < 0 else ''}0x{abs(number):X},"
        if len(line) + len(text) > 138:
            lines.append(line)
            line = "       "
        line += text
    return f"    /// <summary>{summary}</summary>\n    public static ReadOnlySpan<int> {name} =>\n    [\n" + "\n".join(lines + [line]) + "\n    ];\n"


def write(type_name, summary, members):
    text = "// <auto-generated>Written by make_tables.py; do not edit.</auto-generated>\n\nnamespace LocalRetrieval.Tokenizers.Unicode;\n\n"
    text += f"/// <summary>{summary}</summary>\ninternal static class {type_name}\n{{\n" + "\n".join(members) + "}\n"
    with open(os.path.join(HERE, type_name + ".cs"), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def main():
    in_8, in_9 = assigned_in("8.0"), assigned_in("9.0")
    category = {c: CATEGORY_IN_8.get(c, unicodedata.category(chr(c))) for c in CODE_POINTS if c in in_8}

    def category_span(name, summary, *categories):
        runs = ranges({c: True for c, g in category.items() if g in categories})
        return span(name, summary + " of Unicode 8.0: first, last.", [n for run in runs for n in run[:2]])

    combining = ranges({c: unicodedata.combining(chr(c)) for c in CODE_POINTS if c in in_9 and unicodedata.combining(chr(c))})
    lower = {c: ord(chr(c).lower()) - c for c in CODE_POINTS if len(chr(c).lower()) == 1 and chr(c).lower() != chr(c)}
    for first, last, target in LOWERCASE_SINCE_15:
        lower.update({c: target - first for c in range(first, last + 1)})
    word = matching(r"\w").union(*(range(first, last + 1) for first, last in WORD_SINCE_15))
    numeric = {c for c in CODE_POINTS if unicodedata.category(chr(c))[0] == "N"}
    numeric = numeric.union(*(range(first, last + 1) for first, last in NUMERIC_SINCE_15))
    marks = {c for c in CODE_POINTS if c in in_9 and unicodedata.category(chr(c))[0] == "M"}
    marks = sorted((marks | MARKS_ONLY_IN_9) - MARKS_ONLY_IN_14)
    write("CodePointTables", "Categories, combining classes, lowercase and word characters as the reference has them.", [
        category_span("Other", "Categories Cc, Cf and Co", "Cc", "Cf", "Co"),
        category_span("Punctuation", "Categories Pc, Pd, Pe, Pf, Pi, Po and Ps", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"),
        category_span("NonspacingMarks", "Category Mn", "Mn"),
        span("CombiningClasses", "Canonical combining classes other than 0 of Unicode 9.0: first, last, class.",
             [n for run in combining for n in run]),
        span("Lowercase", "One-to-one lowercase mappings of Unicode 17.0: first, last, step, what to add.",
             [n for run in lowercase_runs(dict(sorted(lower.items()))) for n in run]),
        span("Word", "What a regular expression's \\w matches in Unicode 16.0: first, last.",
             [n for run in ranges({c: True for c in sorted(word)}) for n in run[:2]]),
        span("Numeric", "Categories Nd, Nl and No of Unicode 17.0: first, last.",
             [n for run in ranges({c: True for c in sorted(numeric)}) for n in run[:2]]),
        span("CombiningMarks", "Categories Mc, Me and Mn of Unicode 9.0: first, last.",
             [n for run in ranges({c: True for c in marks}) for n in run[:2]]),
    ])

    mappings = []
    for c in CODE_POINTS:
        mapping = unicodedata.decomposition(chr(c))
        if c in in_9 and mapping and not mapping.startswith("<"):
            mappings += [c, *([int(part, 16) for part in mapping.split()] + [0])[:2]]
    uncomposed = [
        c for c, second in zip(mappings[::3], mappings[2::3]) if second and unicodedata.normalize("NFC", chr(c)) != chr(c)
    ]
    write("CanonicalDecompositions", "Canonical decompositions of Unicode 9.0, one step each, Hangul left out.", [
        span("Mappings", "Code point, first, second or 0.", mappings),
        span("Uncomposed", "What decomposes into two characters that are not composed again.", uncomposed),
    ])

    script = {c: name for c, name in scripts().items() if c in in_9 and c != ord(" ")}
    script.update(SCRIPTS_OF_REFERENCE)
    script[PROLONGED_SOUND_MARK] = "Han"
    script = {c: "Han" if name in HAN else name for c, name in sorted(script.items())}
    numbers = {name: number + 1 for number, name in enumerate(sorted(set(script.values())))}
    write("ScriptTable", "Scripts as the pre-tokenizer UnicodeScripts has them.", [
        span("Ranges", "Scripts of Unicode 9.0, where Hiragana and Katakana are Han and the space has none: first, last, a number.",
             [n for run in ranges({c: numbers[name] for c, name in script.items()}) for n in run]),
    ])

    compatible = []
    for c in CODE_POINTS:
        mapping = unicodedata.decomposition(chr(c))
        if c in in_9 and mapping.startswith("<"):
            parts = [int(part, 16) for part in mapping.split()[1:]]
            compatible += [c, len(parts), *parts]
    write("CompatibilityDecompositions", "Compatibility decompositions of Unicode 9.0, one step each, canonical ones left out.", [
        span("Mappings", "Code point, the number of its parts, the parts.", compatible),
    ])


main()
