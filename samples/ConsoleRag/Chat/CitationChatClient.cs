using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;

namespace ConsoleRag.Chat;

/// <summary>Takes the look of a citation from numbers that the model made up: each [n] that is left has a source.</summary>
/// <remarks>It stands between a <see cref="RetrievalChatClient"/>, whose prompt it reads, and the client that answers.</remarks>
internal sealed class CitationChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> prompt = [.. messages];
        CitationFilter filter = new(RetrievalPrompt.Read(prompt).Sources.Count, number => $"[no source {number}]");
        ChatResponseUpdate? last = null;
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt, options, cancellationToken))
        {
            last = update.Clone();
            last.Contents = [.. update.Contents.Select(content => content is TextContent text ? new TextContent(filter.Add(text.Text)) : content)];
            yield return last;
        }

        if (filter.Complete() is { Length: > 0 } rest)
        {
            yield return new ChatResponseUpdate(last?.Role, rest) { MessageId = last?.MessageId, ResponseId = last?.ResponseId };
        }
    }
}
