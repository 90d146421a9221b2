using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Samples.Chat;

/// <summary>Tells the user what goes wrong at an endpoint: that it is slow, that it fails, that its answer is none or breaks off.</summary>
/// <remarks>A failure is not thrown. It is an <see cref="ErrorContent"/> at the end, so that what had come by then keeps its citations.</remarks>
internal sealed class EndpointChatClient(IChatClient innerClient, Action<string> notify, TimeProvider time) : DelegatingChatClient(innerClient)
{
    private static readonly TimeSpan NoticeInterval = TimeSpan.FromSeconds(10);

    private readonly EndpointFailure _failure = new(innerClient.GetService<ChatClientMetadata>());

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        notify($"Asking {_failure.Address} …");
        List<ChatResponseUpdate> updates = [];
        await using IAsyncEnumerator<ChatResponseUpdate> stream =
            base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(stream, updates, cancellationToken) is { } update)
        {
            updates.Add(update);
            yield return update;
        }
    }

    /// <summary>The stream's next update, then one that says what went wrong, if anything did, then null.</summary>
    private async Task<ChatResponseUpdate?> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> stream, List<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        TimeSpan waited = TimeSpan.Zero;
        await using ITimer timer = time.CreateTimer(
            _ => notify($"Still waiting for {_failure.Address} after {(waited += NoticeInterval).TotalSeconds:F0} s; Ctrl+C ends it."),
            state: null, NoticeInterval, NoticeInterval);
        try
        {
            return await stream.MoveNextAsync() ? stream.Current : Error(_failure.OfAnswer(updates), code: null, updates);
        }
        catch (Exception exception) when (EndpointFailure.Is(exception, cancellationToken))
        {
            return Error(_failure.Of(exception), EndpointFailure.CodeOf(exception), updates);
        }
    }

    private static ChatResponseUpdate? Error(string? failure, string? code, List<ChatResponseUpdate> updates) => failure is null
        ? null
        : new ChatResponseUpdate(ChatRole.Assistant, [new ErrorContent(failure) { ErrorCode = code }]) { MessageId = updates.LastOrDefault()?.MessageId };
}
