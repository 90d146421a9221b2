using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace WebRag.Chat;

/// <summary>A message of a conversation, as a page shows it.</summary>
internal sealed record ChatTurnView
{
    private const string FoundNothingKey = "webrag.found-nothing";
    private const string IsWholeKey = "webrag.is-whole";

    public required bool IsQuestion { get; init; }

    public required string Text { get; init; }

    /// <summary>The sources that it cites.</summary>
    public required IReadOnlyList<ChatSource> Sources { get; init; }

    /// <summary>Whether nothing was found that answers.</summary>
    public required bool FoundNothing { get; init; }

    /// <summary>Whether it is a whole answer, and was not stopped.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Keeps with an answer what a page says of it.</summary>
    public static void Mark(ChatMessage answer, bool foundNothing, bool isWhole)
    {
        answer.AdditionalProperties ??= [];
        answer.AdditionalProperties[FoundNothingKey] = foundNothing;
        answer.AdditionalProperties[IsWholeKey] = isWhole;
    }

    public static ChatTurnView Of(ChatMessage message) => new()
    {
        IsQuestion = message.Role == ChatRole.User,
        Text = message.Text,
        FoundNothing = message.AdditionalProperties?.GetValueOrDefault(FoundNothingKey) is true,
        IsWhole = message.AdditionalProperties?.GetValueOrDefault(IsWholeKey) is not false,
        Sources = [.. message.GetCitedSources().Select(ChatSource.Of)],
    };
}
