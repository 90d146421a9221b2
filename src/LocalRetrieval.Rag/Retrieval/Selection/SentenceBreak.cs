using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Tells two sentences of prose, with a space between them, from two lines.</summary>
/// <remarks>A line break between sentences does no harm, but a space between lines of code or rows does: what may be either is taken for lines.</remarks>
internal static class SentenceBreak
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?…");

    private static readonly SearchValues<char> Closers = SearchValues.Create("\"'”’»)");

    private static readonly string[] LineStarts = ["//", "#", "*", "-", "+", ">", "|", ";", "<!--", "--"];

    /// <summary>Whether a text ends a sentence of a paragraph, and another starts one.</summary>
    public static bool IsBetween(ReadOnlySpan<char> text, ReadOnlySpan<char> next)
    {
        ReadOnlySpan<char> line = text[(text.LastIndexOf('\n') + 1)..];
        ReadOnlySpan<char> sentence = line.Length > 0 && Closers.Contains(line[^1]) ? line[..^1] : line;
        return sentence.Length > 0 && Ends.Contains(sentence[^1]) && !StartsLine(line)
            && next.Length > 0 && (char.IsUpper(next[0]) || next[0] is '"' or '“' or '„' or '«' || char.IsDigit(next[0]) && !IsNumbered(next));
    }

    private static bool IsNumbered(ReadOnlySpan<char> line)
    {
        int digits = line.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && line[digits] is '.' or ')';
    }

    private static bool StartsLine(ReadOnlySpan<char> line)
    {
        foreach (string start in LineStarts)
        {
            if (line.TrimStart().StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return line.Length > 0 && char.IsWhiteSpace(line[0]);
    }
}
