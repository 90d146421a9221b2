namespace LocalRetrieval.Documents;

/// <summary>White space as a page shows it.</summary>
internal static class HtmlText
{
    /// <summary>A text on one line with single spaces, without any at its ends.</summary>
    public static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
