using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>What context providers add to an agent's messages.</summary>
internal static class ContextMessages
{
    /// <summary>Whether a message is of a context provider of this run.</summary>
    public static bool Is(ChatMessage message) => message.GetAgentRequestMessageSourceType() == AgentRequestMessageSourceType.AIContextProvider;

    /// <summary>The messages with the question behind what providers put there as a user's: else theirs would be taken for it.</summary>
    public static IEnumerable<ChatMessage> QuestionLast(IEnumerable<ChatMessage> messages)
    {
        List<ChatMessage> all = [.. messages];
        int question = all.FindLastIndex(message => ChatQuestion.Is(message) && !Is(message));
        List<ChatMessage> behind = question < 0 ? [] : all[(question + 1)..];
        return behind.Exists(Moves)
            ? [.. all.Take(question), .. behind.Where(Moves), all[question], .. behind.Where(message => !Moves(message))]
            : all;

        static bool Moves(ChatMessage message) => message.Role == ChatRole.User && Is(message);
    }
}
