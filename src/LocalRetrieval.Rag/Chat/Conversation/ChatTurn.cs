using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>A turn of a conversation: what one user message was answered from, and one request of it.</summary>
/// <param name="Messages">What the inner client is asked.</param>
/// <param name="Options">With what options.</param>
internal sealed record ChatTurn(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    private static readonly AsyncLocal<ChatTurn?> Scope = new();

    /// <summary>The turn that the running code works for, or null. What is set is seen by what the setter then calls, not by its caller.</summary>
    public static ChatTurn? Current
    {
        get => Scope.Value;
        set => Scope.Value = value;
    }

    /// <summary>The caller's messages up to the user's: what a search of the model's own follows.</summary>
    public IReadOnlyList<ChatMessage> Conversation { get; init; } = [];

    /// <summary>The caller's options of the retrieval, whose filter holds for what the model searches for itself; null for none.</summary>
    public RetrievalOptions? Retrieval { get; init; }

    /// <summary>Whether <see cref="Retrieval"/> is of the one request, in the place of all others.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>What was retrieved for the user message; null where nothing was asked, so that nothing can be cited.</summary>
    public RetrievedTurn? Retrieved { get; init; }

    /// <summary>Whether the messages carry what was retrieved, so that no later request of the turn needs to be told.</summary>
    public bool IsCarried { get; init; }

    /// <summary>The numbers of the conversation, and what the model finds by itself in this turn.</summary>
    public TurnSearches Searches { get; init; } = new(SourceNumbers.None);

    /// <summary>The sources that an answer could cite when the turn began: those retrieved, and earlier ones that the conversation knows.</summary>
    public IReadOnlyList<ContextSource> Known { get; init; } = [];

    /// <summary>All sources that an answer can cite now.</summary>
    public IReadOnlyList<ContextSource> Citable => Searches.Found is { Count: > 0 } found ? [.. Known.Concat(found).DistinctBy(source => source.Number)] : Known;

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
