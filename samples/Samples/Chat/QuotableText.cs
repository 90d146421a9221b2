using System.Text.RegularExpressions;

namespace Samples.Chat;

/// <summary>What of a source can be quoted: the sentences of its prose, the rows of its tables with the columns' names, the lines of its code.</summary>
internal static partial class QuotableText
{
    private static readonly HashSet<string> CodeEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".cs", ".fs", ".vb", ".py", ".ts", ".tsx", ".js", ".jsx", ".go", ".rs", ".java", ".kt", ".swift", ".c", ".h", ".cpp", ".hpp", ".rb", ".php", ".sql", ".sh", ".ps1",
    };

    /// <summary>The paragraphs in their order, each with its sentences.</summary>
    public static List<List<string>> Of(NumberedSource source)
    {
        string[] lines = source.Text.ReplaceLineEndings("\n").Split('\n');
        if (IsCode(source.Title))
        {
            return [CodeLines(lines)];
        }

        bool[] fenced = MarkdownParagraphs.Fenced(lines);
        bool[] rows = [.. lines.Select((_, index) => IsRow(index) && (IsRow(index - 1) || IsRow(index + 1)))];
        List<List<string>> paragraphs = [.. MarkdownParagraphs.Of(string.Join('\n', lines.Select((line, index) => rows[index] ? "" : line))).Select(Sentences.Of)];
        paragraphs.AddRange(Tables([.. lines.Select((line, index) => rows[index] ? line : "")]));
        paragraphs.Add(CodeLines(lines.Where((line, index) => fenced[index] && !MarkdownParagraphs.IsFence(line))));
        return paragraphs;

        bool IsRow(int index) => index >= 0 && index < lines.Length && !fenced[index] && RowRegex().IsMatch(lines[index]);
    }

    private static bool IsCode(string title)
    {
        string name = title.Split(" > ", 2)[0].Split(", page ", 2)[0];
        return CodeEndings.Contains(Path.GetExtension(name));
    }

    private static List<string> CodeLines(IEnumerable<string> lines) => [.. lines.Select(line => line.Trim()).Where(line => line.Any(char.IsLetter)).Select(line => $"`{line}`")];

    private static IEnumerable<List<string>> Tables(string[] lines)
    {
        List<string[]> rows = [];
        foreach (string line in lines.Append(""))
        {
            if (line.Length > 0)
            {
                rows.Add(Cells(line));
            }
            else if (rows.Count > 0)
            {
                yield return [.. Sentenced(rows)];
                rows.Clear();
            }
        }
    }

    /// <summary>Each row, with the columns' names where a Markdown table has them, <c>Region: north; Quota: 70</c>, or else as it is.</summary>
    private static IEnumerable<string> Sentenced(List<string[]> rows)
    {
        string[] names = rows.Count > 2 && IsDelimiter(rows[1]) ? rows[0] : [];
        return rows.Skip(names.Length > 0 ? 2 : 0).Where(row => !IsDelimiter(row)).Select(row => names.Length != row.Length
            ? string.Join(" | ", row)
            : string.Join("; ", row.Select((cell, column) => names[column].Length > 0 ? $"{names[column]}: {cell}" : cell)));
    }

    private static bool IsDelimiter(string[] row) => row.All(cell => DelimiterRegex().IsMatch(cell));

    private static string[] Cells(string line) => [.. SeparatorRegex().Split(EdgeRegex().Replace(line, "")).Select(cell => cell.Trim())];

    /// <summary>At least two cells between bars that no backslash escapes.</summary>
    [GeneratedRegex(@"\S.*(?<!\\)\|.*\S")]
    private static partial Regex RowRegex();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex SeparatorRegex();

    [GeneratedRegex(@"^\s*\||\|\s*$")]
    private static partial Regex EdgeRegex();

    [GeneratedRegex(@"^:?-+:?$")]
    private static partial Regex DelimiterRegex();
}
