using LocalRetrieval;
using LocalRetrieval.Rag;
using WebRag.Documents;
using WebRag.Searching;

namespace WebRag.Chat;

/// <summary>A source that an answer cites.</summary>
internal sealed record ChatSource
{
    /// <summary>The number that the answer's text has in brackets.</summary>
    public required int Number { get; init; }

    public required DocumentInfo Document { get; init; }

    /// <summary>Names the passage to this API.</summary>
    public required string Key { get; init; }

    public string? Heading { get; init; }

    public int? Page { get; init; }

    public required string Text { get; init; }

    public static ChatSource Of(ContextSource source)
    {
        RetrievedPassage passage = source.Passage;
        return new ChatSource
        {
            Number = source.Number,
            Document = ResponseWriter.Describe(passage),
            Key = passage.Key,
            Heading = passage.HeadingPath,
            Page = passage.Page,
            Text = passage.Text,
        };
    }
}
