using System.Text;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace SemanticKernelRag.Chat;

/// <summary>Makes one message of a stream, for callers that want it whole.</summary>
internal static class StreamedMessage
{
    public static async Task<IReadOnlyList<ChatMessageContent>> ReadAsync(IAsyncEnumerable<StreamingChatMessageContent> stream)
    {
        StringBuilder text = new();
        FunctionCallContentBuilder calls = new();
        await foreach (StreamingChatMessageContent content in stream)
        {
            text.Append(content.Content);
            calls.Append(content);
        }

        ChatMessageContent message = new(AuthorRole.Assistant, text.ToString());
        foreach (FunctionCallContent call in calls.Build())
        {
            message.Items.Add(call);
        }

        return [message];
    }
}
