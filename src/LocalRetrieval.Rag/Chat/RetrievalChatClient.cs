using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Retrieves passages for the user's question, hands them to the inner client as numbered sources, and returns its citations.</summary>
/// <remarks>
/// <para>The question is the last user message, and all requests with it are one turn: a client of tools around this one, such as
/// <c>FunctionInvokingChatClient</c>, asks several times, and each request has the sources that were retrieved once. The message that asks for
/// tools carries them; where the service keeps the messages (<see cref="ChatOptions.ConversationId"/>), this client remembers them. The sources go into a copy of
/// the user message, before the question: text from outside gets no system role, and the roles alternate as before. The caller's
/// messages and options are never changed, nor is the inner client's response: what is returned is a copy. Without a user message, or
/// with a blank one, all passes as it is.</para>
/// <para>A model that searches for itself, by <see cref="PassageRetrieverAIFunctionExtensions.AsAIFunction"/> within this client, finds sources
/// that have numbers of the same conversation and can be cited.</para>
/// <para>A source has one number for the whole conversation. Messages carry their citations under <see cref="CitationsKey"/>, and numbers go on
/// from those; sources that the conversation has cited are sent again as far as they fit. A passage stands between lines that it cannot
/// hold (<see cref="ContextBuilder"/>).</para>
/// <para>Citations are <see cref="CitationAnnotation"/>s on the answer's text, one a source, with a region for each marker: [1], [1, 3], [1-3],
/// [Source 1], [^3], 【1†source】 and their kin. In code, and directly after a word (a subscript), a number is none. A number that no source
/// has is text and no citation, or is removed (<see cref="RetrievalChatOptions.UnknownNumbers"/>).
/// In a stream the inner updates pass as they come, up to 32 UTF-16 units later where numbers are removed; each message is followed by one update that has the
/// citations on a <see cref="TextContent"/> without text; it stays a content of its own, the last one, when the updates become a response. Its
/// regions count in the text of the whole message, not in its own. The <see cref="RetrievalResult"/> is under <see cref="ResultKey"/> in the
/// additional properties of the response, and of the stream's last update, and the numbered sources that the model was given are under
/// <see cref="ContextKey"/>.</para>
/// <para>Safe for concurrent use if the inner client is. Disposing it disposes the inner client, not the retriever.</para>
/// </remarks>
public sealed class RetrievalChatClient : DelegatingChatClient
{
    /// <summary>The key of the <see cref="RetrievalResult"/> in the response's additional properties.</summary>
    public const string ResultKey = "localretrieval.result";

    /// <summary>The key of the <see cref="RetrievalContext"/>, whose numbers the answer cites, in the response's additional properties.</summary>
    public const string ContextKey = "localretrieval.context";

    /// <summary>The key of a message's citations in its additional properties, as JSON: an array with number, key, text, source, title, page,
    /// headingPath and the regions in the message's text. <see cref="RetrievalChatClientExtensions.GetCitedSources"/> reads it.</summary>
    public const string CitationsKey = "localretrieval.citations";

    private readonly IPassageRetriever _retriever;
    private readonly RetrievalChatOptions _options;
    private readonly TurnPreparation _preparation;
    private readonly ConversationMemory _memory;

    /// <summary>A client that adds passages to what <paramref name="innerClient"/> is asked.</summary>
    /// <param name="innerClient">Answers.</param>
    /// <param name="retriever">Finds the passages, and counts tokens unless the options do.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerClient"/> or <paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public RetrievalChatClient(IChatClient innerClient, IPassageRetriever retriever, RetrievalChatOptions? options = null)
        : this(innerClient, retriever, options, memory: null)
    {
    }

    /// <summary>A client whose owner keeps what it remembers of conversations.</summary>
    internal RetrievalChatClient(IChatClient innerClient, IPassageRetriever retriever, RetrievalChatOptions? options, ConversationMemory? memory)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        _retriever = retriever;
        _options = options is null ? new RetrievalChatOptions() : new RetrievalChatOptions(options);
        _memory = memory ?? new ConversationMemory(_options.RememberedConversations);
        _preparation = new TurnPreparation(retriever, _options, _memory);
    }

    /// <inheritdoc />
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatTurn turn = await _preparation.PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        ChatTurn.Current = turn;
        ChatResponse response = await base.GetResponseAsync(turn.Messages, turn.Options, cancellationToken).ConfigureAwait(false)
            ?? throw GaveNull(nameof(ChatResponse));
        Remember(response.ConversationId ?? options?.ConversationId, turn);
        return turn.Retrieved is null ? response : CitedResponse.Create(response, turn, _options);
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatTurn turn = await _preparation.PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        Remember(options?.ConversationId, turn);
        StreamedResponse? response = turn.Retrieved is null ? null : new StreamedResponse(turn, _options);
        IAsyncEnumerable<ChatResponseUpdate> stream = base.GetStreamingResponseAsync(turn.Messages, turn.Options, cancellationToken) ?? throw GaveNull("stream");
        IAsyncEnumerator<ChatResponseUpdate> updates = stream.GetAsyncEnumerator(cancellationToken);
        await using (updates.ConfigureAwait(false))
        {
            while (await NextAsync(updates, turn).ConfigureAwait(false))
            {
                ChatResponseUpdate update = updates.Current ?? throw GaveNull(nameof(ChatResponseUpdate));

                // Remembered at once: the service keeps the question, and the sources in it, whether or not the stream is read to its end.
                Remember(update.ConversationId, turn);
                foreach (ChatResponseUpdate delivered in response?.Add(update) ?? [update])
                {
                    yield return delivered;
                }
            }
        }

        if (response is not null)
        {
            yield return response.End();
        }
    }

    /// <inheritdoc />
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(_retriever) && !serviceType.IsInstanceOfType(this)
            ? _retriever
            : base.GetService(serviceType, serviceKey);
    }

    /// <summary>The next update. Between two, the caller's context runs, so that the turn is set before each.</summary>
    private static ValueTask<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ChatTurn turn)
    {
        ChatTurn.Current = turn;
        return updates.MoveNextAsync();
    }

    private void Remember(string? conversation, ChatTurn turn)
    {
        if (turn.Retrieved is not null)
        {
            _memory.Remember(conversation, turn);
        }
    }

    private InvalidOperationException GaveNull(string expected) => new($"{InnerClient.GetType().Name} gave null instead of a {expected}.");
}
