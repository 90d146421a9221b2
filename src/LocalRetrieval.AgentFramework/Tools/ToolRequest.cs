using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>What tools are chosen by.</summary>
/// <param name="Query">The last question, with those before that it needs; null where nothing is asked in words.</param>
/// <param name="Called">The names of functions that were called since.</param>
internal sealed record ToolRequest(string? Query, IReadOnlyList<string> Called)
{
    public static ToolRequest Read(IEnumerable<ChatMessage> messages, int maxLength)
    {
        List<ChatMessage> own = [.. messages.Where(message => !ContextMessages.Is(message))];
        int question = ChatQuestion.LastIndexIn(own);
        return question < 0 || string.IsNullOrWhiteSpace(own[question].Text)
            ? new ToolRequest(null, [])
            : new ToolRequest(FollowUps.Join(own[question].Text, own[..question], maxLength), [.. own.Skip(question + 1).SelectMany(message => message.Contents).Select(NameOf).OfType<string>()]);
    }

    private static string? NameOf(AIContent content) => content switch
    {
        FunctionCallContent call => call.Name,
        ToolApprovalRequestContent { ToolCall: FunctionCallContent call } => call.Name,
        _ => null,
    };
}
