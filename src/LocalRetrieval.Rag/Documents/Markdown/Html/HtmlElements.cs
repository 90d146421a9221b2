namespace LocalRetrieval.Rag;

/// <summary>The names of HTML's elements, whose case does not count.</summary>
internal static class HtmlElements
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "acronym", "area", "audio", "b", "bdi", "bdo", "big", "br", "button", "canvas", "cite", "code", "data", "datalist", "del", "dfn", "em",
        "embed", "font", "i", "img", "input", "ins", "kbd", "label", "map", "mark", "meter", "nobr", "noscript", "object", "output", "picture", "pre",
        "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "select", "slot", "small", "source", "span", "strike", "strong", "style", "sub", "sup",
        "svg", "template", "textarea", "time", "tt", "u", "var", "video", "wbr",
    };

    /// <summary>Whether a name in capitals alone is an element's; with others it is a component's, as <c>Table</c>.</summary>
    public static bool IsUpperCase(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        string text = name.ToString();
        return Inline.Contains(text) || HtmlBlocks.IsBlock(text);
    }
}
