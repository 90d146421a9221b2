using AngleSharp.Dom;

namespace LocalRetrieval.Documents;

/// <summary>Links that are no text of the page: marks of headings, past the navigation, to the page's source.</summary>
internal static class LinkNoise
{
    private const int LongestMark = 60;

    private static readonly HashSet<string> Marks = new(StringComparer.Ordinal) { "¶", "#", "§", "🔗", "⚓", "∞", "↑", "↩", "↩︎", "^", "⁋" };

    private static readonly HashSet<string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "edit", "edit this page", "edit page", "edit on github", "edit on gitlab", "edit this page on github", "edit source", "edit this section", "view page source",
        "view source", "improve this page", "improve this doc", "suggest an edit", "suggest edits", "report an issue", "back to top", "top", "permalink",
        "link to this heading", "permanent link", "direct link to heading", "show source", "jump to navigation", "jump to search",
        "skip navigation", "copy link", "view on github", "open on github",
    };

    public static bool Is(IElement link)
    {
        if (NoiseWords.Of(link) is { IsFurniture: true } or { IsNotice: true })
        {
            return link.QuerySelector("h1") is null;
        }

        string? address = link.GetAttribute("href");
        if (address is null || link.ChildElementCount > 3)
        {
            return false;
        }

        string text = ShortText.Of(link, LongestMark);
        return (address.StartsWith('#') && (Marks.Contains(text) || IsSkipping(text)))
            || (Labels.Contains(text.Trim('[', ']', ' ')) && StandsAlone(link, text));
    }

    /// <summary>Whether a link is not a part of a sentence.</summary>
    private static bool StandsAlone(IElement link, string text) =>
        link.Closest("p, li, dd, td, h1, h2, h3, h4, h5, h6") is not { } holder
            || ShortText.Of(holder, LongestMark).Trim('[', ']', ' ', '|') == text.Trim('[', ']', ' ');

    private static bool IsSkipping(string text) =>
        text.Length < LongestMark && (text.StartsWith("skip to ", StringComparison.OrdinalIgnoreCase) || text.Equals("skip navigation", StringComparison.OrdinalIgnoreCase));
}
