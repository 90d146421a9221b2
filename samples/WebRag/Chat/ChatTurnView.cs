using LocalRetrieval.Rag;

namespace WebRag.Chat;

/// <summary>A turn of a conversation, as a page shows it.</summary>
internal sealed record ChatTurnView
{
    public required string Question { get; init; }

    /// <summary>The answer, as far as it came.</summary>
    public required string Text { get; init; }

    /// <summary>The sources that it cites, by their numbers.</summary>
    public required IReadOnlyList<ChatSource> Sources { get; init; }

    /// <summary>Whether nothing was found that answers.</summary>
    public required bool FoundNothing { get; init; }

    public required TurnState State { get; init; }

    /// <summary>Why there is no answer, or none any more, in a sentence; null where it is whole, or was stopped.</summary>
    public string? Error { get; init; }

    public static ChatTurnView Of(ChatTurn turn) => new()
    {
        Question = turn.Question,
        Text = string.Concat(turn.Answer.Select(message => message.Text)),
        Sources = [.. turn.Answer.SelectMany(message => message.GetCitedSources()).DistinctBy(source => source.Number).OrderBy(source => source.Number).Select(ChatSource.Of)],
        FoundNothing = turn.FoundNothing,
        State = turn.State,
        Error = turn.Error,
    };
}
