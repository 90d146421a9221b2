using System.Text.RegularExpressions;

namespace WebRag.Searching;

/// <summary>The beginning of a passage, by which it is told from others of its document.</summary>
internal static partial class Excerpt
{
    private const int Length = 90;

    /// <summary>On one line, and cut behind a word.</summary>
    public static string Of(string text)
    {
        string line = string.Join(' ', RowEndRegex().Replace(text, " · ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('|', ' ');
        if (line.Length <= Length)
        {
            return line;
        }

        int space = line.LastIndexOf(' ', Length);
        int end = space > Length / 2 ? space : Length;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>Where a row of a table ends, and another begins.</summary>
    [GeneratedRegex(@"\|\s*\n\s*\|", RegexOptions.CultureInvariant)]
    private static partial Regex RowEndRegex();
}
