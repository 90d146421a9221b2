using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>A tag of HTML.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Name">The element's name, in lower case; empty for comments, declarations and instructions.</param>
/// <param name="IsClosing">Whether it ends an element.</param>
/// <param name="Text">The tag itself.</param>
internal readonly partial record struct HtmlTag(TextRange Range, string Name, bool IsClosing, string Text)
{
    private const int MaxSpan = 64;

    /// <summary>How many columns a cell takes.</summary>
    public int Columns => Span("colspan");

    /// <summary>How many rows a cell takes.</summary>
    public int Rows => Span("rowspan");

    /// <summary>Whether what stands in the element is not shown.</summary>
    public bool IsHidden =>
        Name is "script" or "style" or "template" or "svg" or "head" or "noscript" or "title" or "iframe" or "video" or "audio" or "canvas" or "rp"
            || HiddenAttribute().IsMatch(Text);

    /// <summary>Reads a tag whose text is <paramref name="text"/>, of which what follows may be part.</summary>
    public static HtmlTag Create(TextRange range, string text)
    {
        int start = text.StartsWith("</", StringComparison.Ordinal) ? 2 : 1;
        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or ':' or '.' or '_'))
        {
            end++;
        }

        return new HtmlTag(range, text[start..end].ToLowerInvariant(), start == 2, text);
    }

    /// <summary>The value of an attribute; null where it has none.</summary>
    public string? Attribute(string name)
    {
        foreach (Match match in Attributes().Matches(Text))
        {
            if (match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return WebUtility.HtmlDecode(match.Groups["value"].Value);
            }
        }

        return null;
    }

    private int Span(string name) =>
        int.TryParse(Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out int span) ? Math.Clamp(span, 1, MaxSpan) : 1;

    [GeneratedRegex("""(?<=[\s"'])(?<name>[\w:-]+)\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+))""", RegexOptions.ExplicitCapture)]
    private static partial Regex Attributes();

    [GeneratedRegex("""\s(?:hidden(?=[\s>/]|=["']?(?:hidden|true)?["']?[\s>])|style\s*=\s*["'][^"']*display\s*:\s*none)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex HiddenAttribute();
}
