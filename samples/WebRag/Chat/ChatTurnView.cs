using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace WebRag.Chat;

/// <summary>A message of a conversation, as a page shows it.</summary>
internal sealed record ChatTurnView
{
    public required bool IsQuestion { get; init; }

    public required string Text { get; init; }

    /// <summary>The sources that it cites.</summary>
    public required IReadOnlyList<ChatSource> Sources { get; init; }

    public static ChatTurnView Of(ChatMessage message) => new()
    {
        IsQuestion = message.Role == ChatRole.User,
        Text = message.Text,
        Sources = [.. message.GetCitedSources().Select(ChatSource.Of)],
    };
}
