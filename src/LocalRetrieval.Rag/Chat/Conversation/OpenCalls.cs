using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Calls of tools that a response leaves to its caller, so that another request of the same turn follows.</summary>
internal static class OpenCalls
{
    /// <summary>Whether <paramref name="contents"/> hold a call without its result.</summary>
    public static bool In(IEnumerable<AIContent> contents)
    {
        HashSet<string> open = new(StringComparer.Ordinal);
        foreach (AIContent content in contents)
        {
            if (content is FunctionCallContent call)
            {
                open.Add(call.CallId);
            }
            else if (content is FunctionResultContent result)
            {
                open.Remove(result.CallId);
            }
        }

        return open.Count > 0;
    }
}
