using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Finds the turn that a search belongs to, whose sources have different numbers.</summary>
/// <remarks>Where no client retrieves, the turn is known by its question: whatever calls functions hands on the same message in all rounds.</remarks>
internal static class CurrentSearches
{
    private static readonly ConditionalWeakTable<object, TurnSearches> ByQuestion = [];
    private static readonly AsyncLocal<TurnSearches?> Scope = new();

    /// <summary>Those of the turn that the running code works for: of the client around it, of what calls functions, or null.</summary>
    public static TurnSearches? Find() => ChatTurn.Current?.Searches ?? Scope.Value ?? Called();

    /// <summary>Has the searches that the caller then calls belong to a turn. It is not seen by the caller's own caller.</summary>
    public static void Set(TurnSearches searches) => Scope.Value = searches;

    /// <summary>The turn of a question.</summary>
    /// <param name="question">The message, of whatever type.</param>
    /// <param name="messages">The conversation, the question and what follows it included; read once for a question.</param>
    public static TurnSearches Of(object question, Func<IReadOnlyList<ChatMessage>> messages) => ByQuestion.GetValue(question, _ => Create(messages()));

    private static TurnSearches? Called()
    {
        if (FunctionInvokingChatClient.CurrentContext?.Messages is not { Count: > 0 } called)
        {
            return null;
        }

        ChatMessage[] messages = [.. called];
        return Of(messages[Math.Max(0, ChatQuestion.LastIndexIn(messages))], () => messages);
    }

    private static TurnSearches Create(IReadOnlyList<ChatMessage> messages)
    {
        ConversationHistory history = ConversationHistory.Read(messages);
        IReadOnlyList<ContextSource> retrieved = ChatQuestion.LastIndexIn(messages) is >= 0 and int user && RetrievedTurn.Find(messages, user) is { } turn ? turn.Context.Sources : [];
        return new TurnSearches(SourceNumbers.None.With(history.Sources).With(retrieved).From(history.Greatest + 1), keepsSources: false);
    }
}
