using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Samples.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using StreamingChatCompletionUpdate = OpenAI.Chat.StreamingChatCompletionUpdate;

namespace SemanticKernelRag.Chat;

/// <summary>Says what goes wrong at an endpoint: that it fails, that its answer is none or breaks off.</summary>
internal sealed class EndpointChatCompletion(IChatCompletionService inner, EndpointFailure failure, Action<string> notify) : IChatCompletionService
{
    public IReadOnlyDictionary<string, object?> Attributes => inner.Attributes;

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        StreamedMessage.ReadAsync(GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken));

    /// <exception cref="ChatFailedException">The endpoint gave no answer, or no whole one.</exception>
    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        notify($"Asking {failure.Address} …");
        StringBuilder text = new();
        List<StreamingChatCompletionUpdate> sent = [];
        await using IAsyncEnumerator<StreamingChatMessageContent> stream =
            inner.GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(stream, text, cancellationToken))
        {
            text.Append(stream.Current.Content);
            if (stream.Current.InnerContent is StreamingChatCompletionUpdate update)
            {
                sent.Add(update);
            }

            yield return stream.Current;
        }

        if (failure.OfAnswer(text.ToString(), EndOf(sent), sent) is { } reason)
        {
            throw new ChatFailedException(reason, text.Length > 0);
        }
    }

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<StreamingChatMessageContent> stream, StringBuilder text, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.MoveNextAsync();
        }
        catch (Exception exception) when (EndpointFailure.Is(CauseOf(exception), cancellationToken))
        {
            throw new ChatFailedException(failure.Of(CauseOf(exception)), text.Length > 0, exception);
        }
    }

    /// <summary>The connector wraps what the client throws.</summary>
    private static Exception CauseOf(Exception exception) => exception is HttpOperationException { InnerException: { } cause } ? cause : exception;

    private static ChatFinishReason? EndOf(List<StreamingChatCompletionUpdate> sent) => sent.LastOrDefault(update => update.FinishReason is not null)?.FinishReason switch
    {
        null => null,
        OpenAI.Chat.ChatFinishReason.Stop => ChatFinishReason.Stop,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        _ => ChatFinishReason.ContentFilter,
    };
}
