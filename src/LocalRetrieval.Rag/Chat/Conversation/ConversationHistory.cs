using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>What the messages of a conversation cite.</summary>
/// <param name="Sources">The sources cited, each once, the one cited last at the end.</param>
/// <param name="Greatest">The greatest number that is taken: cited, by markers without a source too, or shown by the result of a search; 0 where there is none.</param>
internal sealed record ConversationHistory(IReadOnlyList<ContextSource> Sources, int Greatest)
{
    /// <summary>Markers with greater numbers are years rather than citations.</summary>
    private const int GreatestNumber = 999;

    /// <summary>Reads the citations of the model's messages.</summary>
    /// <remarks>
    /// They are in a message's properties; where those were dropped, in its annotations; where those were dropped too, the markers in its
    /// text still say which numbers are taken.
    /// </remarks>
    public static ConversationHistory Read(IEnumerable<ChatMessage> messages)
    {
        ChatMessage[] all = [.. messages];
        OrderedDictionary<int, ContextSource> sources = [];
        int greatest = GreatestShown(all);
        foreach (ChatMessage message in all.Where(message => message.Role == ChatRole.Assistant))
        {
            foreach (ContextSource source in SourcesOf(message))
            {
                sources.Remove(source.Number);
                sources.Add(source.Number, source);
                greatest = Math.Max(greatest, source.Number);
            }

            greatest = Math.Max(greatest, GreatestMarker(message.Text));
        }

        return new ConversationHistory([.. sources.Values], greatest);
    }

    /// <summary>The sources that one message cites.</summary>
    public static IEnumerable<ContextSource> SourcesOf(ChatMessage message)
    {
        CitationRecord[] records = CitationRecord.Read(message.AdditionalProperties?.GetValueOrDefault(RetrievalChatClient.CitationsKey));
        return records.Length > 0 ? records.Where(record => record.Number > 0).Select(record => record.ToSource()) : Annotated(message);
    }

    /// <summary>The greatest number of a source that the result of a search shows, which the model still sees; 0 where there is none.</summary>
    public static int GreatestShown(IEnumerable<ChatMessage> messages) => messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>()
        .SelectMany(result => SourceFence.NumbersIn(result.Result?.ToString() ?? "")).Where(number => number <= GreatestNumber).DefaultIfEmpty().Max();

    private static IEnumerable<ContextSource> Annotated(ChatMessage message) =>
        from content in message.Contents
        from citation in (content.Annotations ?? []).OfType<CitationAnnotation>()
        let number = NumberOf(citation)
        where number > 0 && citation.Snippet is not null
        select new ContextSource { Number = number, Passage = citation.RawRepresentation as RetrievedPassage ?? PassageOf(citation) };

    private static RetrievedPassage PassageOf(CitationAnnotation citation) =>
        new() { Key = citation.FileId ?? "", Text = citation.Snippet!, Source = citation.Title, Score = 0, Rank = 0 };

    private static int NumberOf(CitationAnnotation citation) => citation.AdditionalProperties?.GetValueOrDefault(CitationAnnotations.NumberKey) switch
    {
        int number => number,
        JsonElement { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out int number) => number,
        _ => 0,
    };

    private static int GreatestMarker(string text)
    {
        CitationScanner scanner = new();
        scanner.Append(text);
        scanner.Complete();
        return scanner.Markers.SelectMany(marker => marker.Numbers).Select(range => range.To).Where(number => number <= GreatestNumber).DefaultIfEmpty().Max();
    }
}
