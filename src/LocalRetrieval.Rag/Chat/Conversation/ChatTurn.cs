using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>A turn of a conversation: what one user message was answered from, and one request of it.</summary>
/// <param name="Messages">What the inner client is asked.</param>
/// <param name="Options">With what options.</param>
internal sealed record ChatTurn(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>What was retrieved for the user message; null where nothing was asked, so that nothing can be cited.</summary>
    public RetrievedTurn? Retrieved { get; init; }

    /// <summary>Whether the messages carry what was retrieved, so that no later request of the turn needs to be told.</summary>
    public bool IsCarried { get; init; }

    /// <summary>The numbers of the conversation, those of this turn included.</summary>
    public SourceNumbers Numbers { get; init; } = SourceNumbers.None;

    /// <summary>All sources that an answer can cite: the turn's, and earlier ones that the conversation knows.</summary>
    public IReadOnlyList<ContextSource> Citable { get; init; } = [];

    /// <summary>Whether a source has the number.</summary>
    public bool HasSource(int number) => Citable.Any(source => source.Number == number);

    /// <summary>A response's properties with what was retrieved.</summary>
    /// <param name="properties">The properties, or null.</param>
    public AdditionalPropertiesDictionary? AddTo(AdditionalPropertiesDictionary? properties) => Retrieved is null ? properties : new(properties ?? [])
    {
        [RetrievalChatClient.ResultKey] = Retrieved.Result,
        [RetrievalChatClient.ContextKey] = Retrieved.Context,
    };
}
