using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>How a passage is named to people and models.</summary>
public static class PassageTitle
{
    /// <summary>Its source with the page, and its headings or else the document's title, as far as it has them.</summary>
    /// <param name="passage">The passage.</param>
    /// <returns>Such as <c>handbook.pdf, page 3 &gt; Travel &gt; Hotels</c>; empty where the passage says nothing of itself.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="passage"/> is null.</exception>
    public static string Of(RetrievedPassage passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        string? page = passage.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $"page {number}") : null;
        string place = Join(", ", passage.Source, page);
        return Join(HeadingPaths.Separator, place, string.IsNullOrEmpty(passage.HeadingPath) ? passage.Title : passage.HeadingPath);
    }

    private static string Join(string separator, params string?[] parts) => string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
