using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>What a stage of a retrieval did that its scores and times do not show: a query that was rewritten, a stage that failed and was passed over.</summary>
public readonly record struct RetrievalNote
{
    /// <summary>The stage; see <see cref="RetrievalStage"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>What happened, for people to read. It holds nothing of the query, the conversation or the passages.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the stage failed, so that the result is what the others could do without it. JSON leaves out a false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFailure { get; init; }
}
