using Microsoft.Extensions.AI;

namespace WebRag.Chat;

/// <summary>A question of a conversation, and what became of its answer.</summary>
internal sealed record ChatTurn
{
    public required string Question { get; init; }

    public required TurnState State { get; init; }

    /// <summary>The answer, as far as it came; none while it is written.</summary>
    public IReadOnlyList<ChatMessage> Answer { get; init; } = [];

    /// <summary>Whether nothing was found that answers.</summary>
    public bool FoundNothing { get; init; }

    /// <summary>Why there is no answer, or none any more, in a sentence; null where it is whole, or was stopped.</summary>
    public string? Error { get; init; }

    /// <summary>The turn as a model reads it; nothing where there is no answer.</summary>
    public IEnumerable<ChatMessage> Messages => Answer.Count > 0 ? [new ChatMessage(ChatRole.User, Question), .. Answer] : [];
}
