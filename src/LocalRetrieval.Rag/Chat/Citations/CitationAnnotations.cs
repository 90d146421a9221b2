using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Markers as annotations of a text.</summary>
internal static class CitationAnnotations
{
    /// <summary>The key of a source's number in the additional properties of its citation.</summary>
    public const string NumberKey = "localretrieval.number";

    /// <summary>One citation for each source that is named, in the order of first mention, with a region for each marker.</summary>
    /// <param name="markers">The markers, in their order.</param>
    /// <param name="sources">The sources; numbers that none of them has are no citations.</param>
    /// <param name="offset">Where the annotated content starts in the text that the markers count in.</param>
    /// <param name="length">The length of the annotated content: regions are cut to it.</param>
    public static List<AIAnnotation> Of(IEnumerable<CitationMarker> markers, IReadOnlyList<ContextSource> sources, int offset = 0, int length = int.MaxValue)
    {
        List<AIAnnotation> annotations = [];
        Dictionary<int, CitationAnnotation> byNumber = [];
        foreach (CitationMarker marker in markers)
        {
            (int start, int end) = (Math.Max(marker.Start - offset, 0), Math.Min(marker.End - offset, length));
            if (start >= end)
            {
                continue;
            }

            foreach (ContextSource source in Named(marker, sources))
            {
                if (!byNumber.TryGetValue(source.Number, out CitationAnnotation? citation))
                {
                    citation = Cite(source);
                    byNumber.Add(source.Number, citation);
                    annotations.Add(citation);
                }

                citation.AnnotatedRegions!.Add(new TextSpanAnnotatedRegion { StartIndex = start, EndIndex = end });
            }
        }

        return annotations;
    }

    /// <summary>The sources that a marker names, in the order of its numbers, each once.</summary>
    private static IEnumerable<ContextSource> Named(CitationMarker marker, IReadOnlyList<ContextSource> sources) =>
        marker.Numbers.SelectMany(range => sources.Where(source => range.From <= source.Number && source.Number <= range.To).OrderBy(source => source.Number))
            .Distinct();

    private static CitationAnnotation Cite(ContextSource source) => new()
    {
        Title = PassageTitle.Of(source.Passage) is { Length: > 0 } title ? title : source.Passage.Key,
        Url = UrlOf(source.Passage.Source),
        FileId = source.Passage.Key,
        Snippet = source.Passage.Text,
        AnnotatedRegions = [],
        RawRepresentation = source.Passage,
        AdditionalProperties = new() { [NumberKey] = source.Number },
    };

    /// <summary>The URL that a source spells out; a path is none, though it can be read as one.</summary>
    private static Uri? UrlOf(string? source) =>
        Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && !uri.IsFile
            && source.StartsWith(uri.Scheme + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase)
            ? uri
            : null;
}
