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
    public static List<List<Quotable>> Of(NumberedSource source)
    {
        string[] lines = source.Text.ReplaceLineEndings("\n").Split('\n');
        if (IsCode(source.Title))
        {
            return [CodeLines(lines)];
        }

        bool[] fenced = MarkdownParagraphs.Fenced(lines);
        bool[] rows = [.. lines.Select((_, index) => IsRow(index) && (IsRow(index - 1) || IsRow(index + 1)))];
        List<List<Quotable>> paragraphs =
        [
            .. MarkdownParagraphs.Of(string.Join('\n', lines.Select((line, index) => rows[index] ? "" : line)))
                .Select(paragraph => Sentences.Of(paragraph).ConvertAll(sentence => new Quotable(sentence))),
        ];
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

    private static List<Quotable> CodeLines(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Trim()).Where(line => line.Any(char.IsLetter)).Select(line => new Quotable($"`{line}`"))];

    private static IEnumerable<List<Quotable>> Tables(string[] lines)
    {
        List<string> rows = [];
        foreach (string line in lines.Append(""))
        {
            if (line.Length > 0)
            {
                rows.Add(line);
            }
            else if (rows.Count > 0)
            {
                yield return [.. Sentenced(rows)];
                rows.Clear();
            }
        }
    }

    /// <summary>Each row, with the columns' names where the table has them, <c>Region: north; Quota: 70</c>, or else as it is. The names are no row.</summary>
    private static IEnumerable<Quotable> Sentenced(List<string> lines)
    {
        string[][] rows = [.. lines.Select(Cells).Where(row => !IsDelimiter(row))];
        string[] names = lines.Count > 1 && HasNames(lines, rows[0]) ? rows[0] : [];
        return rows.Skip(names.Length > 0 ? 1 : 0).Select(row => names.Length != row.Length
            ? new Quotable(string.Join(" | ", row))
            : new Quotable(string.Join("; ", row.Select((cell, column) => names[column].Length > 0 ? $"{names[column]}: {cell}" : cell)), string.Join(' ', row)));
    }

    /// <summary>Whether the first row is the columns' names: a line of dashes below it says so in Markdown, and within a passage a table begins with them, where it has any.</summary>
    private static bool HasNames(List<string> lines, string[] first) =>
        IsDelimiter(Cells(lines[1])) || (lines.TrueForAll(line => EdgedRegex().IsMatch(line)) && !first.Any(cell => cell.Any(char.IsDigit)));

    private static bool IsDelimiter(string[] row) => row.All(cell => DelimiterRegex().IsMatch(cell));

    private static string[] Cells(string line) => [.. SeparatorRegex().Split(EdgeRegex().Replace(line, "")).Select(cell => cell.Trim())];

    /// <summary>At least two cells between bars that no backslash escapes.</summary>
    [GeneratedRegex(@"\S.*(?<!\\)\|.*\S")]
    private static partial Regex RowRegex();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex SeparatorRegex();

    [GeneratedRegex(@"^\s*\||\|\s*$")]
    private static partial Regex EdgeRegex();

    [GeneratedRegex(@"^\s*\|.*\|\s*$")]
    private static partial Regex EdgedRegex();

    [GeneratedRegex(@"^:?-+:?$")]
    private static partial Regex DelimiterRegex();
}
