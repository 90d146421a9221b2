using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace SemanticKernelRag.Calling;

/// <summary>Invokes what a model calls, and answers each call by a message of the tool: with the result, or with how to call.</summary>
internal sealed class FunctionCalls(Kernel kernel, IReadOnlyList<KernelFunction> offered, CallLog log)
{
    /// <summary>Adds the calls and their results to the history.</summary>
    /// <param name="history">The conversation.</param>
    /// <param name="text">What the model said beside its calls.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="cancellationToken">Ends what runs.</param>
    public async Task ReplyAsync(ChatHistory history, string text, IReadOnlyList<FunctionCallContent> calls, CancellationToken cancellationToken)
    {
        history.Add(new ChatMessageContent(AuthorRole.Assistant, [.. text.Length > 0 ? [new TextContent(text)] : Array.Empty<KernelContent>(), .. calls.Select(Sendable)]));
        foreach (FunctionCallContent call in calls)
        {
            string result = await InvokeAsync(call, cancellationToken);
            history.Add(new FunctionResultContent(call, result).ToChatMessage());
        }
    }

    /// <summary>Without arguments that could not be read: endpoints refuse what is no JSON.</summary>
    private static FunctionCallContent Sendable(FunctionCallContent call) =>
        call.Arguments is null ? new FunctionCallContent(call.FunctionName, call.PluginName, call.Id, []) : call;

    private async Task<string> InvokeAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        if (offered.FirstOrDefault(function => function.Name == call.FunctionName && function.PluginName == call.PluginName) is not { } function)
        {
            return Refuse(call, $"There is no function {NameOf(call)}. Call one of {string.Join(", ", offered.Select(NameOf))}.");
        }

        if (call.Exception is not null)
        {
            return Refuse(call, $"The arguments of {NameOf(call)} are not JSON. Call it again with one JSON object, such as {Example(function)}.");
        }

        return (await function.InvokeAsync(kernel, call.Arguments ?? [], cancellationToken)).ToString();
    }

    private string Refuse(FunctionCallContent call, string reply)
    {
        log.Show(NameOf(call), reply);
        return reply;
    }

    private static string Example(KernelFunction function) =>
        $"{{{string.Join(", ", function.Metadata.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => $"\"{parameter.Name}\": \"…\""))}}}";

    // The names that the connector offers to models.
    private static string NameOf(KernelFunction function) => $"{function.PluginName}-{function.Name}";

    private static string NameOf(FunctionCallContent call) => call.PluginName is null ? call.FunctionName : $"{call.PluginName}-{call.FunctionName}";
}
