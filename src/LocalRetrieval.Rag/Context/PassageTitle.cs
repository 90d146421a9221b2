namespace LocalRetrieval.Rag;

/// <summary>How a passage is named to people and models.</summary>
internal static class PassageTitle
{
    /// <summary>Its source and its headings, as far as it has them.</summary>
    public static string Of(RetrievedPassage passage) =>
        string.Join(HeadingPaths.Separator, new[] { passage.Source, passage.HeadingPath }.Where(part => !string.IsNullOrEmpty(part)));
}
