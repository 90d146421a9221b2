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
        return Of(passage.Source, passage.Page, passage.HeadingPath, passage.Title);
    }

    /// <summary>The name of the passage that a source was asked by, as a retrieved one has it.</summary>
    /// <param name="source">The source.</param>
    /// <returns>Such as <c>handbook.pdf, page 3 &gt; Travel &gt; Hotels</c>; empty where the passage says nothing of itself.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static string Of(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Of(source.Source, source.Page, source.HeadingPath, source.Title);
    }

    private static string Of(string? source, int? page, string? headingPath, string? title)
    {
        string? number = page is { } value ? string.Create(CultureInfo.InvariantCulture, $"page {value}") : null;
        return Join(HeadingPaths.Separator, Join(", ", source, number), string.IsNullOrEmpty(headingPath) ? title : headingPath);
    }

    private static string Join(string separator, params string?[] parts) => string.Join(separator, parts.Where(part => !string.IsNullOrEmpty(part)));
}
