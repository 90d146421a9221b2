using LocalRetrieval.Rag;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Tells the searches that a connector calls for one question that they belong together, so that their sources have different numbers.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class SearchNumbersFilter : IAutoFunctionInvocationFilter
{
    public Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        if (QuestionOf(context.ChatHistory) is not { } question)
        {
            return next(context);
        }

        return CallAsync(CurrentSearches.Of(question, () => KernelMessages.ToMessages(context.ChatHistory)), context, next);
    }

    // Asynchronous, so that what is set ends with the call.
    private static async Task CallAsync(TurnSearches searches, AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        CurrentSearches.Set(searches);
        await next(context).ConfigureAwait(false);
    }

    private static ChatMessageContent? QuestionOf(ChatHistory history) =>
        history.LastOrDefault(message => message.Role == AuthorRole.User) ?? history.FirstOrDefault();
}
