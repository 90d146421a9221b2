namespace LocalRetrieval.Rag;

/// <summary>The languages that are read, by the endings of file names.</summary>
internal static class SourceLanguages
{
    private static readonly LiteralSyntax Quoted = new("\"", "\"");
    private static readonly LiteralSyntax Apostrophes = new("'", "'");
    private static readonly LiteralSyntax Character = new("'", "'");
    private static readonly LiteralSyntax TripleQuoted = new("\"\"\"", "\"\"\"", HasLines: true);

    private static readonly string[] CTypes = ["namespace", "class", "struct", "union", "enum", "interface", "concept", "@interface", "@implementation", "@protocol"];

    private static readonly SourceLanguage[] All =
    [
        new()
        {
            Extensions = [".cs", ".csx"],
            Structure = CodeStructure.Brackets,
            Literals = LiteralFamily.CSharp,
            Strings = [Character],
            HasDirectives = true,
            DirectivesLead = true,
            HasBareFunctions = true,
            TypeKeywords = ["namespace", "class", "struct", "interface", "enum", "record", "extension"],
        },
        new()
        {
            Extensions = [".java"],
            Structure = CodeStructure.Brackets,
            Strings = [TripleQuoted, Quoted, Character],
            HasBareFunctions = true,
            TypeKeywords = ["class", "interface", "enum", "record", "module", "package"],
        },
        new()
        {
            Extensions = [".c", ".h", ".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".ipp", ".tpp", ".cu", ".cuh", ".m", ".mm", ".ino", ".glsl", ".hlsl"],
            Structure = CodeStructure.Brackets,
            Literals = LiteralFamily.C,
            Strings = [Quoted],
            HasDirectives = true,
            HasBareFunctions = true,
            TypeKeywords = CTypes,
        },
        new()
        {
            Extensions = [".rs"],
            Structure = CodeStructure.Brackets,
            Literals = LiteralFamily.Rust,
            NestsComments = true,
            Strings = [new("\"", "\"", HasLines: true)],
            TypeKeywords = ["mod", "impl", "trait", "struct", "enum", "union"],
            FunctionKeywords = ["fn", "macro_rules"],
        },
        new()
        {
            Extensions = [".php", ".phtml"],
            Structure = CodeStructure.Brackets,
            LineComments = ["//", "#"],
            Literals = LiteralFamily.Php,
            Strings = [new("\"", "\"", HasLines: true), new("'", "'", HasLines: true)],
            StartsOutside = true,
            TypeKeywords = ["namespace", "class", "interface", "trait", "enum"],
            FunctionKeywords = ["function"],
        },
        new()
        {
            Extensions = [".dart", ".sol", ".proto", ".zig", ".thrift"],
            Structure = CodeStructure.Brackets,
            Strings = [TripleQuoted, new("'''", "'''", HasLines: true), Quoted, Apostrophes],
            HasBareFunctions = true,
            TypeKeywords = ["package", "class", "mixin", "extension", "enum", "library", "contract", "interface", "struct", "message", "service", "module"],
            FunctionKeywords = ["function", "fn", "rpc"],
        },
        new()
        {
            Extensions = [".pl", ".pm"],
            Structure = CodeStructure.Brackets,
            LineComments = ["#"],
            BlockComments = [("=pod", "=cut"), ("=head1", "=cut")],
            Literals = LiteralFamily.Shell,
            Strings = [Quoted, Apostrophes],
            TypeKeywords = ["package"],
            FunctionKeywords = ["sub"],
        },
        new()
        {
            Extensions = [".css", ".scss", ".less"],
            Structure = CodeStructure.Brackets,
            LineComments = [],
            Strings = [Quoted, Apostrophes],
        },
        new()
        {
            Extensions = [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"],
            Structure = CodeStructure.BracketsAndLines,
            Literals = LiteralFamily.JavaScript,
            Strings = [Quoted, Apostrophes, new("`", "`", HasLines: true, Hole: "${")],
            TypeKeywords = ["class", "interface", "enum", "namespace", "module"],
            FunctionKeywords = ["function", "type"],
        },
        new()
        {
            Extensions = [".go"],
            Structure = CodeStructure.BracketsAndLines,
            Strings = [Quoted, Apostrophes, new("`", "`", '\0', HasLines: true)],
            OperatorsLead = false,
            TypeKeywords = ["package"],
            FunctionKeywords = ["func", "type"],
        },
        new()
        {
            Extensions = [".kt", ".kts", ".scala", ".sc", ".groovy", ".gradle", ".swift"],
            Structure = CodeStructure.BracketsAndLines,
            NestsComments = true,
            Strings = [TripleQuoted, new("\"", "\"", Hole: "${"), new("'''", "'''", HasLines: true), Character],
            TypeKeywords = ["package", "class", "interface", "object", "trait", "enum", "struct", "protocol", "extension", "actor"],
            FunctionKeywords = ["fun", "func", "def", "init"],
        },
        new()
        {
            Extensions = [".ps1", ".psm1", ".psd1"],
            Structure = CodeStructure.BracketsAndLines,
            LineComments = ["#"],
            BlockComments = [("<#", "#>")],
            Strings = [new("@\"", "\n\"@", '\0', HasLines: true), new("@'", "\n'@", '\0', HasLines: true), new("\"", "\"", '`', HasLines: true, Hole: "$("), new("'", "'", '\0', HasLines: true)],
            OperatorsLead = false,
            TypeKeywords = ["class", "enum"],
            FunctionKeywords = ["function", "filter", "Function"],
        },
        new()
        {
            Extensions = [".tf", ".hcl", ".graphql", ".gql", ".r"],
            Structure = CodeStructure.BracketsAndLines,
            LineComments = ["#", "//"],
            Strings = [TripleQuoted, new("\"", "\"", Hole: "${"), Apostrophes],
            TypeKeywords = ["type", "interface", "enum", "input"],
            FunctionKeywords = ["resource", "module", "variable", "data", "output"],
        },
        new()
        {
            Extensions = [".py", ".pyi", ".pyx", ".pyw", ".bzl", ".bazel"],
            Structure = CodeStructure.Indentation,
            LineComments = ["#"],
            BlockComments = [],
            Strings = [TripleQuoted, new("'''", "'''", HasLines: true), Quoted, Apostrophes],
            TypeKeywords = ["class"],
            FunctionKeywords = ["def"],
        },
        new()
        {
            Extensions = [".rb", ".rake", ".gemspec", ".ex", ".exs", ".cr", "Rakefile", "Gemfile", "Vagrantfile"],
            Structure = CodeStructure.Indentation,
            LineComments = ["#"],
            BlockComments = [("=begin", "=end")],
            Literals = LiteralFamily.Shell,
            Strings = [TripleQuoted, new("\"", "\"", HasLines: true, Hole: "#{"), Apostrophes],
            TypeKeywords = ["module", "class", "defmodule"],
            FunctionKeywords = ["def", "defp", "defmacro"],
        },
        new()
        {
            Extensions = [".sh", ".bash", ".zsh", ".ksh", ".fish", "Makefile", "GNUmakefile", ".mk", "Dockerfile", ".dockerfile", ".cmake", "CMakeLists.txt"],
            Structure = CodeStructure.Indentation,
            LineComments = ["#"],
            BlockComments = [],
            Literals = LiteralFamily.Shell,
            Strings = [new("\"", "\"", HasLines: true, Hole: "$("), new("'", "'", '\0', HasLines: true)],
            HasBareFunctions = true,
            FunctionKeywords = ["function", "macro"],
        },
        new()
        {
            Extensions = [".lua"],
            Structure = CodeStructure.Indentation,
            LineComments = ["--"],
            BlockComments = [("--[[", "]]")],
            Strings = [new("[[", "]]", '\0', HasLines: true), Quoted, Apostrophes],
            FunctionKeywords = ["function"],
        },
        new()
        {
            Extensions = [".hs", ".fs", ".fsx", ".fsi", ".ml", ".mli", ".jl", ".nim", ".elm"],
            Structure = CodeStructure.Indentation,
            LineComments = ["--", "//", "#"],
            BlockComments = [("(*", "*)"), ("{-", "-}")],
            Strings = [TripleQuoted, Quoted],
            TypeKeywords = ["module", "class", "struct", "type"],
            FunctionKeywords = ["let", "function", "member", "proc", "func"],
        },
        new()
        {
            Extensions = [".vb", ".bas", ".vbs", ".bat", ".cmd"],
            Structure = CodeStructure.Indentation,
            LineComments = ["'", "REM", "rem", "::"],
            BlockComments = [],
            Strings = [new("\"", "\"", '\0')],
            TypeKeywords = ["Namespace", "Class", "Module", "Structure", "Interface", "Enum"],
            FunctionKeywords = ["Sub", "Function", "Property"],
        },
        new()
        {
            Extensions = [".yaml", ".yml"],
            Structure = CodeStructure.Indentation,
            LineComments = ["#"],
            BlockComments = [],
            Strings = [new("\"", "\"", HasLines: true)],
            NamesByColon = true,
        },
        new()
        {
            Extensions = [".sql", ".ddl", ".dml", ".psql", ".pls", ".pkb", ".pks"],
            Structure = CodeStructure.Sql,
            LineComments = ["--"],
            Strings = [new("'", "'", '\0', HasLines: true), new("\"", "\"", '\0'), new("`", "`", '\0')],
            TypeKeywords = ["schema"],
            FunctionKeywords = ["table", "view", "function", "procedure", "trigger", "index", "type", "package", "body", "sequence", "policy"],
        },
    ];

    private static readonly Dictionary<string, SourceLanguage> ByExtension =
        All.SelectMany(language => language.Extensions.Select(extension => (extension, language)))
            .ToDictionary(pair => pair.extension, pair => pair.language, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every ending and file name.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. ByExtension.Keys];

    /// <summary>The language of a file of this name; null where it is not known.</summary>
    public static SourceLanguage? Of(string source)
    {
        return ByExtension.GetValueOrDefault(NameEndings.FileName(source).ToString()) ?? ByExtension.GetValueOrDefault(NameEndings.Of(source));
    }

    /// <summary>The language of a script by its first line; that of shells where the interpreter is not known.</summary>
    public static SourceLanguage OfFirstLine(string text)
    {
        ReadOnlySpan<char> line = text.AsSpan(0, Math.Min(text.Length, TextLines.NextLine(text, 0)));
        string extension = line.Contains("python", StringComparison.Ordinal) ? ".py"
            : line.Contains("node", StringComparison.Ordinal) || line.Contains("deno", StringComparison.Ordinal) ? ".js"
            : line.Contains("ruby", StringComparison.Ordinal) ? ".rb"
            : line.Contains("perl", StringComparison.Ordinal) ? ".pl"
            : line.Contains("php", StringComparison.Ordinal) ? ".php"
            : line.Contains("pwsh", StringComparison.Ordinal) ? ".ps1"
            : line.StartsWith("#!", StringComparison.Ordinal) ? ".sh"
            : ".ts";
        return ByExtension[extension];
    }
}
