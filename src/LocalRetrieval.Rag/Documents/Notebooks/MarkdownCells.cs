using Markdig;
using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>Keeps what one cell leaves open from taking in the cells after it.</summary>
internal static class MarkdownCells
{
    /// <summary>A cell's Markdown with its last fence and comment closed.</summary>
    public static string Closed(string source)
    {
        if (!source.Contains("```", StringComparison.Ordinal) && !source.Contains("~~~", StringComparison.Ordinal) && !source.Contains('<', StringComparison.Ordinal))
        {
            return source;
        }

        Block? last = Markdown.Parse(source).LastChild;
        return last switch
        {
            FencedCodeBlock { ClosingFencedCharCount: 0 } fence => source + "\n" + new string(fence.FencedChar, fence.OpeningFencedCharCount),
            HtmlBlock { Type: HtmlBlockType.Comment } html when !EndsWith(source, html, "-->") => source + "\n-->",
            HtmlBlock { Type: HtmlBlockType.ScriptPreOrStyle } html when Tag(source, html) is { } tag && !EndsWith(source, html, $"</{tag}>") => $"{source}\n</{tag}>",
            _ => source,
        };
    }

    /// <summary>The most of a character in a row.</summary>
    public static int LongestRun(string text, char character)
    {
        int longest = 0;
        int run = 0;
        foreach (char current in text)
        {
            run = current == character ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static bool EndsWith(string source, HtmlBlock html, string end) =>
        source.IndexOf(end, Math.Min(source.Length, html.Span.Start), StringComparison.OrdinalIgnoreCase) >= 0;

    private static string? Tag(string source, HtmlBlock html) =>
        Array.Find(["script", "style", "pre", "textarea"], tag => string.Compare(source, html.Span.Start + 1, tag, 0, tag.Length, StringComparison.OrdinalIgnoreCase) == 0);
}
