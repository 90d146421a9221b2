using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Calls of tools that a response leaves to its caller, so that another request of the same turn follows.</summary>
internal static class OpenCalls
{
    /// <summary>Whether <paramref name="contents"/> hold a call without its result, or one that a person is asked to approve.</summary>
    public static bool In(IEnumerable<AIContent> contents)
    {
        HashSet<string> open = new(StringComparer.Ordinal);
        foreach (AIContent content in contents)
        {
            if (content is FunctionCallContent or ToolApprovalRequestContent)
            {
                open.Add(IdOf(content));
            }
            else if (content is FunctionResultContent or ToolApprovalResponseContent)
            {
                open.Remove(IdOf(content));
            }
        }

        return open.Count > 0;
    }

    /// <summary>Whether a content says something of a call, so that it must be kept of a stream.</summary>
    public static bool Counts(AIContent content) => content is FunctionCallContent or FunctionResultContent or ToolApprovalRequestContent or ToolApprovalResponseContent;

    private static string IdOf(AIContent content) => content switch
    {
        FunctionCallContent call => call.CallId,
        FunctionResultContent result => result.CallId,
        ToolApprovalRequestContent request => request.ToolCall.CallId,
        ToolApprovalResponseContent response => response.ToolCall.CallId,
        _ => "",
    };
}
