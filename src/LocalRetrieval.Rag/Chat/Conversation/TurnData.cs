using System.Text.Json.Serialization;

namespace LocalRetrieval.Rag;

/// <summary>A turn as JSON has it.</summary>
internal sealed record TurnData
{
    public required string Query { get; init; }

    public required string Text { get; init; }

    public required int TokenCount { get; init; }

    public int Omitted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSkipped { get; init; }

    public required CitationRecord[] Sources { get; init; }

    public static TurnData Of(RetrievedTurn turn) => new()
    {
        Query = turn.Query,
        Text = turn.Context.Text,
        TokenCount = turn.Context.TokenCount,
        Omitted = turn.Context.Omitted,
        IsSkipped = turn.Result.IsSkipped,
        Sources = [.. turn.Context.Sources.Select(source => CitationRecord.Of(source))],
    };

    public RetrievedTurn ToTurn()
    {
        ContextSource[] sources = [.. Sources.Select(source => source.ToSource())];
        return new RetrievedTurn(
            Query,
            new RetrievalResult(Query, [.. sources.Select(source => source.Passage)]) { IsSkipped = IsSkipped },
            new RetrievalContext { Text = Text, Sources = sources, TokenCount = TokenCount, Omitted = Omitted });
    }
}
