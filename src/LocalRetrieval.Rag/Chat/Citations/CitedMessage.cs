using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>The citations of one message's text, read piece by piece, whether it is streamed or not.</summary>
internal sealed class CitedMessage
{
    private readonly ChatTurn _turn;
    private readonly CitationScanner _scanner;

    public CitedMessage(ChatTurn turn, RetrievalChatOptions options)
    {
        _turn = turn;
        Removes = options.UnknownNumbers == UnknownNumbers.Remove;
        _scanner = new CitationScanner(Removes ? turn.HasSource : null, options.CiteAfterWords);
    }

    /// <summary>Whether the text may be delivered in other pieces than it came in.</summary>
    public bool Removes { get; }

    /// <summary>The length of the text delivered so far.</summary>
    public int Length { get; private set; }

    /// <summary>Reads the next piece; gives what is to be delivered.</summary>
    public string Append(string piece) => Count(_scanner.Append(piece));

    /// <summary>Ends the text; gives what was held back.</summary>
    public string Complete() => Count(_scanner.Complete());

    /// <summary>The citations on what was delivered from <paramref name="offset"/> on; complete after <see cref="Complete"/>.</summary>
    public List<AIAnnotation> Citations(int offset = 0, int length = int.MaxValue) => CitationAnnotations.Of(_scanner.Markers, _turn.Citable, offset, length);

    /// <summary>Adds the citations to a message's properties, for those who drop annotations.</summary>
    /// <param name="properties">The properties, or null.</param>
    /// <returns>The properties with the citations; what was given where there are none.</returns>
    public AdditionalPropertiesDictionary? AddTo(AdditionalPropertiesDictionary? properties)
    {
        IReadOnlyList<ContextSource> sources = _turn.Citable;
        CitationRecord[] records =
        [
            .. from annotation in Citations().Cast<CitationAnnotation>()
               let source = sources.First(source => ReferenceEquals(source.Passage, annotation.RawRepresentation))
               select CitationRecord.Of(source, [.. annotation.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>().Select(region => new[] { region.StartIndex!.Value, region.EndIndex!.Value })]),
        ];
        return records.Length == 0 ? properties : new(properties ?? []) { [RetrievalChatClient.CitationsKey] = CitationRecord.Write(records) };
    }

    private string Count(string text)
    {
        Length += text.Length;
        return text;
    }
}
