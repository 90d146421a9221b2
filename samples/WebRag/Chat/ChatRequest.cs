using WebRag.Documents;

namespace WebRag.Chat;

/// <summary>A question of a conversation.</summary>
internal sealed record ChatRequest
{
    public required string Question { get; init; }

    /// <summary>The conversation that goes on; null starts one.</summary>
    public string? Conversation { get; init; }

    /// <summary>Whether it takes the place of the conversation's last question, which was the same and has no whole answer.</summary>
    public bool IsAgain { get; init; }

    public DocumentFilter? Filter { get; init; }
}
