using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using SemanticKernelRag.Calling;
using SemanticKernelRag.Memory;

namespace SemanticKernelRag.Answering;

/// <summary>What is remembered and goes with the question is told to the model before it answers.</summary>
internal sealed class MemoryContext(IChatCompletionService chat, Notes notes, CallLog log) : IAnswerWay
{
    public string Title => "Memory";

    public async IAsyncEnumerable<string> AnswerAsync(string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string remembered = await notes.RecallAsync(question, cancellationToken);
        log.Show("TextSearchProvider", remembered);
        ChatHistory history = new("Answer the question from the notes alone, and cite them by their numbers, like [1]. If they do not answer it, say so.");
        history.AddUserMessage($"{remembered}\n\nQuestion: {question}");
        await foreach (StreamingChatMessageContent content in chat.GetStreamingChatMessageContentsAsync(history, cancellationToken: cancellationToken))
        {
            yield return content.Content ?? "";
        }
    }
}
