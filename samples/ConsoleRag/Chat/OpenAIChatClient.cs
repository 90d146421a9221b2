using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAIChat = OpenAI.Chat;

namespace ConsoleRag.Chat;

/// <summary>Answers through any endpoint that speaks the chat completions protocol of OpenAI.</summary>
/// <remarks>
/// <para>For text. Messages, contents and options that it cannot hand on are refused by name with a <see cref="NotSupportedException"/>.
/// A refusal of the model comes back as text, since it stands in the place of the answer.</para>
/// <para>A failure of the endpoint is an <see cref="HttpRequestException"/> whose message names endpoint, model and status. Safe for
/// concurrent use. Disposing it does nothing.</para>
/// </remarks>
internal sealed class OpenAIChatClient : IChatClient
{
    private readonly OpenAIChat.ChatClient _client;
    private readonly ChatClientMetadata _metadata;

    /// <summary>A bridge to <paramref name="client"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public OpenAIChatClient(OpenAIChat.ChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
#pragma warning disable OPENAI001 // The package marks both properties experimental.
        _metadata = new ChatClientMetadata("openai", client.Endpoint, client.Model);
#pragma warning restore OPENAI001
    }

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        OpenAIRequest request = OpenAIRequest.From(messages, options, _metadata.DefaultModelId);
        try
        {
            return OpenAIResponse.From(
                await _client.CompleteChatAsync(request.Messages, request.Options, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (EndpointFailure.Is(exception, cancellationToken))
        {
            throw EndpointFailure.Of(exception, _metadata);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        OpenAIRequest request = OpenAIRequest.From(messages, options, _metadata.DefaultModelId);
        IAsyncEnumerator<OpenAIChat.StreamingChatCompletionUpdate> updates = _client
            .CompleteChatStreamingAsync(request.Messages, request.Options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            OpenAIChat.StreamingChatCompletionUpdate? counted = null;
            while (await MoveNextAsync(updates, cancellationToken).ConfigureAwait(false))
            {
                counted = updates.Current.Usage is null ? counted : updates.Current;
                yield return OpenAIResponse.From(updates.Current);
            }

            // Some endpoints repeat a running count on every update, so only the last is handed on.
            if (counted is not null)
            {
                yield return OpenAIResponse.UsageOf(counted);
            }
        }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(OpenAIChat.ChatClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private async ValueTask<bool> MoveNextAsync(
        IAsyncEnumerator<OpenAIChat.StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (EndpointFailure.Is(exception, cancellationToken))
        {
            throw EndpointFailure.Of(exception, _metadata);
        }
    }
}
