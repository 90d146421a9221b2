using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>What kinds of elements there are.</summary>
internal static class HtmlNames
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing",
        "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ul", "xmp",
    };

    private static readonly HashSet<string> Unshown = new(StringComparer.Ordinal)
    {
        "applet", "area", "audio", "base", "button", "canvas", "col", "colgroup", "datalist", "embed", "frame", "frameset", "head", "iframe", "input",
        "link", "meta", "noembed", "noframes", "noscript", "object", "param", "script", "select", "source", "style", "svg", "template", "textarea",
        "title", "track", "video",
    };

    /// <summary>Whether an element stands on lines of its own.</summary>
    public static bool IsBlock(IElement element) => Blocks.Contains(element.LocalName);

    /// <summary>Whether what an element holds is no text of the page: scripts, controls, media, what is shown in their stead.</summary>
    public static bool IsUnshown(string name) => Unshown.Contains(name);

    /// <summary>The level of a heading; 0 for any other element.</summary>
    public static int HeadingLevel(IElement element)
    {
        string name = element.LocalName;
        if (name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6')
        {
            return HasRole(element, "presentation") || HasRole(element, "none") ? 0 : name[1] - '0';
        }

        return !HasRole(element, "heading") ? 0
            : int.TryParse(element.GetAttribute("aria-level"), out int level) && level is >= 1 and <= 99 ? level
            : 2;
    }

    public static bool HasRole(IElement element, string role) =>
        element.GetAttribute("role") is { } roles && roles.AsSpan().Trim().Equals(role, StringComparison.OrdinalIgnoreCase);
}
