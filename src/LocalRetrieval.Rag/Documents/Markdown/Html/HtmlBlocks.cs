namespace LocalRetrieval.Rag;

/// <summary>Where CommonMark starts and ends blocks of HTML.</summary>
internal static class HtmlBlocks
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
        "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
    };

    private static readonly string[] Raw = ["<script", "<pre", "<style", "<textarea"];

    /// <summary>Whether an element is a block of its own.</summary>
    public static bool IsBlock(string name) => Names.Contains(name);

    /// <summary>What ends the block that starts with a line, blank lines or not; <c>&lt;</c> for any end of a raw element; null where none starts.</summary>
    public static string? Close(ReadOnlySpan<char> line)
    {
        foreach (string raw in Raw)
        {
            if (line.StartsWith(raw, StringComparison.OrdinalIgnoreCase) && (line.Length == raw.Length || line[raw.Length] is ' ' or '\t' or '>'))
            {
                return "<";
            }
        }

        return line switch
        {
            ['<', '!', '-', '-', ..] => "-->",
            ['<', '?', ..] => "?>",
            _ when line.StartsWith("<![CDATA[", StringComparison.Ordinal) => "]]>",
            ['<', '!', >= 'A' and <= 'Z' or >= 'a' and <= 'z', ..] => ">",
            _ => null,
        };
    }

    /// <summary>Whether a line starts a block of HTML that a blank line ends.</summary>
    public static bool IsBlock(ReadOnlySpan<char> line, bool isInParagraph)
    {
        int start = line is ['<', '/', ..] ? 2 : 1;
        int end = start;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '-'))
        {
            end++;
        }

        if (end == start || !char.IsAsciiLetter(line[start]))
        {
            return false;
        }

        bool isEnded = end == line.Length || line[end] is ' ' or '\t' or '>' || line[end..] is ['/', '>', ..];
        return isEnded && (Names.Contains(line[start..end].ToString()) || (!isInParagraph && IsTagAlone(line, end)));
    }

    private static bool IsTagAlone(ReadOnlySpan<char> line, int end)
    {
        int close = line[end..].IndexOf('>');
        return close >= 0 && line[(end + close + 1)..].IsWhiteSpace();
    }
}
