"""Writes gitignore-cases.json: what git check-ignore says of paths under lists of rules. Run it in this folder, with git at hand."""
import itertools
import json
import pathlib
import subprocess
import tempfile

PATHS = [
    "a.md", "b.txt", "ab.md", "foo.md", "foo/a.md", "foo/bar/a.md", "foo/bar/b.txt", "bar/foo/a.md", "bar/a.md", "x/y/z/a.md", "x/foo", "x/y/foo/b.txt",
    "doc/frotz/a.md", "a/doc/frotz/b.txt", "build/out.md", "src/build/out.md", "src/build.md", "#a.md", "!a.md", "a b.md", "a ", "[a].md", "a-b.md", "a1.md", "aZ.md", "\\a.md",
    "é.md", "日本.md", "deep/a/b/c/d/e.md", "x]y.md", "a^.md", "A.md", "*.md", "foo/*.md", "foo.", ".a.md",
]

RULES = [
    "*.md", "a.md", "/a.md", "foo", "foo/", "/foo", "/foo/", "foo/*", "foo/**", "**/foo", "**/foo/", "foo/**/a.md", "foo/bar", "bar/a.md", "/bar/", "x/**/a.md", "x/**/foo", "x/*/foo",
    "**/a.md", "**", "*", "/*", "*/", "**/", "doc/frotz", "doc/frotz/", "frotz/", "build", "build/", "!a.md", "\\!a.md", "\\#a.md", "#a.md", "a b.md", "a\\ ", "a ", "a.md  ", "a?.md", "?.md",
    "[ab].md", "[!a].md", "[^a].md", "[a-c]*.md", "[]x]*.md", "x[]]y.md", "\\[a\\].md", "[[]a].md", "a[0-9].md", "a[[:digit:]].md", "a[[:upper:]].md", "[[:alpha:]].md", "a[\\-x]b.md", "a[!-]b.md",
    "\\\\a.md", "a\\", "[a", "[a-]", "a[-]b.md", "foo*", "*foo*", "f*o", "f**o", "foo**", "**foo", "foo/**bar/a.md", "x/**", "x/**/z", "x/**/y/**/a.md", "/**/a.md", "foo//a.md", "é.md", "?.md", "日*",
    "deep/**/e.md", "deep/*/e.md", "deep/a/**/d", "*.*", ".*", "a\\.md", "[a^].md", "a[\\^].md", "*[!d]", "*.[mt]*", "foo/*.md", "/", "", " ", "!", "a[z-a].md", "***/a.md", "foo/***/a.md", "A.MD",
    "\\\\[a", "\\\\[", "\\\\[a].md", "\\\\\\[a", "\\\\a[.]md", "a" * 12_000,
]

LISTS = [[rule] for rule in RULES] + [
    ["*.md", "!a.md"], ["!a.md", "*.md"], ["foo/", "!foo/a.md"], ["foo/*", "!foo/a.md"], ["*", "!*/", "!*.md"], ["/*", "!/foo", "/foo/*", "!/foo/bar"], ["# note", "", "*.txt\r"], ["\ufeffa.md"],
    ["*", "!foo", "!foo/**"], ["*.md", "!/foo/*.md"], ["**/build/", "!src/build/"], ["x", "!x/foo"],
]

NESTED = [
    {"": ["*.md"], "foo": ["!a.md"]}, {"": ["*.txt"], "foo": ["/a.md"], "foo/bar": ["!b.txt"]}, {"": ["foo/"], "foo": ["!a.md"]}, {"x": ["y/"], "x/y": ["!foo"]},
    {"foo": ["bar/a.md"], "bar": ["/foo/a.md"]}, {"": ["!a.md"], "foo": ["a.md"]}, {"foo": ["*"], "foo/bar": ["!a.md", "!b.txt"]}, {"": ["*"], "foo": ["!*"]},
]


def ignored(files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        subprocess.run(["git", "init", "-q", folder], check=True)
        paths = []
        for path in PATHS:
            file = root / path
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text("x")
                paths.append(path)
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                pass
        for where, rules in files.items():
            (root / where / ".gitignore").write_bytes("\n".join(rules).encode())
        run = ["git", "-c", "core.excludesFile=/dev/null", "-c", "core.ignoreCase=false", "-C", folder, "check-ignore", "--no-index", "-z", "--stdin"]
        out = subprocess.run(run, input="\0".join(paths).encode(), capture_output=True).stdout.decode()
        return sorted(set(paths) - set(out.split("\0"))), paths


cases = []
for files in [{"": rules} for rules in LISTS] + NESTED:
    kept, paths = ignored(files)
    cases.append({"files": files, "kept": kept})
everything = ignored({"": []})[1]
text = json.dumps({"paths": everything, "cases": cases}, ensure_ascii=False)
pathlib.Path("gitignore-cases.json").write_text(text.replace('{"files"', '\n{"files"') + "\n")
