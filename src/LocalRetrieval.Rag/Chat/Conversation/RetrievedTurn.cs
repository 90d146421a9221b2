using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>What was retrieved for one user message. Carried by the message that asks for tools, so that each request of the turn has the same.</summary>
/// <param name="Query">The user message.</param>
/// <param name="Result">What the retriever gave.</param>
/// <param name="Context">What of it the model was given.</param>
[JsonConverter(typeof(RetrievedTurnConverter))]
internal sealed record RetrievedTurn(string Query, RetrievalResult Result, RetrievalContext Context)
{
    /// <summary>The key of what was retrieved in the additional properties of the message that asks for tools.</summary>
    public const string Key = "localretrieval.turn";

    /// <summary>What messages behind the user message carry of its turn, or null.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="user">The index of the user message.</param>
    public static RetrievedTurn? Find(IReadOnlyList<ChatMessage> messages, int user)
    {
        for (int index = user + 1; index < messages.Count; index++)
        {
            if (messages[index].AdditionalProperties?.TryGetValue(Key, out object? value) == true && Read(value) is { } turn && turn.Query == messages[user].Text)
            {
                return turn;
            }
        }

        return null;
    }

    /// <summary>What the property holds, as it was set or as JSON gave it back.</summary>
    private static RetrievedTurn? Read(object? value)
    {
        try
        {
            return value as RetrievedTurn ?? (value is JsonElement element ? element.Deserialize(CitationJsonContext.Default.TurnData)?.ToTurn() : null);
        }
        catch (JsonException)
        {
            // Cut or changed on its way: it is retrieved again.
            return null;
        }
    }
}
