using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Finds the markers by which a model cites numbered sources: [1], and [1, 2] for several.</summary>
internal static partial class CitationMarkers
{
    /// <summary>One citation for each source that the text names, in the order of first mention, with a region for each marker.</summary>
    /// <param name="text">The model's text.</param>
    /// <param name="sources">The sources by number, from 1; other numbers are no citations.</param>
    public static List<AIAnnotation> Find(string text, IReadOnlyList<ContextSource> sources)
    {
        List<AIAnnotation> annotations = [];
        Dictionary<int, CitationAnnotation> bySource = [];
        foreach (Match marker in MarkerRegex().Matches(text))
        {
            foreach (Capture capture in marker.Groups["number"].Captures)
            {
                if (!int.TryParse(capture.Value, CultureInfo.InvariantCulture, out int number) || number < 1 || number > sources.Count)
                {
                    continue;
                }

                if (!bySource.TryGetValue(number, out CitationAnnotation? citation))
                {
                    citation = Cite(sources[number - 1].Passage);
                    bySource.Add(number, citation);
                    annotations.Add(citation);
                }

                citation.AnnotatedRegions!.Add(new TextSpanAnnotatedRegion { StartIndex = marker.Index, EndIndex = marker.Index + marker.Length });
            }
        }

        return annotations;
    }

    private static CitationAnnotation Cite(RetrievedPassage passage) => new()
    {
        Title = PassageTitle.Of(passage) is { Length: > 0 } title ? title : passage.Key,
        Url = UrlOf(passage.Source),
        FileId = passage.Key,
        Snippet = passage.Text,
        AnnotatedRegions = [],
        RawRepresentation = passage,
    };

    /// <summary>The URL that a source spells out; a path is none, though it can be read as one.</summary>
    private static Uri? UrlOf(string? source) =>
        Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && !uri.IsFile
            && source.StartsWith(uri.Scheme + Uri.SchemeDelimiter, StringComparison.OrdinalIgnoreCase)
            ? uri
            : null;

    // A bracket before a parenthesis is a link in Markdown.
    [GeneratedRegex(@"\[\s*(?<number>[0-9]{1,4})(?:\s*,\s*(?<number>[0-9]{1,4}))*\s*\](?!\()", RegexOptions.CultureInvariant)]
    private static partial Regex MarkerRegex();
}
