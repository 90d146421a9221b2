using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Retrieves passages for the user's question, hands them to the inner client as numbered sources, and returns its citations.</summary>
/// <remarks>
/// <para>The question is the last user message. The sources go into a copy of it, before the question: text from outside gets no system
/// role, and the roles alternate as before. The caller's messages and options are never changed, nor is
/// the inner client's response: what is returned is a copy. Without a user message, or with a blank one, all passes as it is.</para>
/// <para>Citations are <see cref="CitationAnnotation"/>s on the answer's text, one a source, with a region for each marker; a number that no
/// source has is text and no citation.
/// In a stream the inner updates pass as they come; each message is followed by one update that has the citations on a
/// <see cref="TextContent"/> without text; it stays a content of its own, the last one, when the updates become a response. Its
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

    private static readonly RetrievalContext Nothing = new() { Text = "", Sources = [], TokenCount = 0 };

    private readonly IPassageRetriever _retriever;
    private readonly RetrievalChatOptions _options;
    private readonly ContextBuilder _builder;

    /// <summary>A client that adds passages to what <paramref name="innerClient"/> is asked.</summary>
    /// <param name="innerClient">Answers.</param>
    /// <param name="retriever">Finds the passages, and counts tokens unless the options do.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerClient"/> or <paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public RetrievalChatClient(IChatClient innerClient, IPassageRetriever retriever, RetrievalChatOptions? options = null)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        _retriever = retriever;
        _options = options is null ? new RetrievalChatOptions() : new RetrievalChatOptions(options);
        _builder = new ContextBuilder(RetrieverTokenCounter.Of(retriever, _options.TokenCounter), _options.Context);
    }

    /// <inheritdoc />
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        AugmentedChat chat = await AugmentAsync(messages, cancellationToken).ConfigureAwait(false);
        ChatResponse response = await base.GetResponseAsync(chat.Messages, options, cancellationToken).ConfigureAwait(false)
            ?? throw GaveNull(nameof(ChatResponse));
        return chat.Result is null ? response : CitedResponse.Create(response, chat.Result, chat.Context);
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AugmentedChat chat = await AugmentAsync(messages, cancellationToken).ConfigureAwait(false);
        StreamedMessage? message = null;
        IAsyncEnumerable<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(chat.Messages, options, cancellationToken) ?? throw GaveNull("stream");
        await foreach (ChatResponseUpdate update in updates.ConfigureAwait(false))
        {
            if (update is null)
            {
                throw GaveNull(nameof(ChatResponseUpdate));
            }

            if (message is not null && !message.Continues(update))
            {
                if (message.Citations(chat.Context.Sources) is { } citations)
                {
                    yield return citations;
                }

                message = null;
            }

            (message ??= new StreamedMessage()).Add(update);
            yield return update;
        }

        if (chat.Result is not null)
        {
            ChatResponseUpdate last = (message ?? new StreamedMessage()).Last(chat.Context.Sources);
            last.AdditionalProperties = new() { [ResultKey] = chat.Result, [ContextKey] = chat.Context };
            yield return last;
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

    private InvalidOperationException GaveNull(string expected) => new($"{InnerClient.GetType().Name} gave null instead of a {expected}.");

    private async Task<AugmentedChat> AugmentAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<ChatMessage> copy = [.. messages];
        int index = copy.FindLastIndex(message => message.Role == ChatRole.User);
        if (index < 0 || string.IsNullOrWhiteSpace(copy[index].Text))
        {
            return new AugmentedChat(copy, Nothing, Result: null);
        }

        RetrievalResult result = await _retriever.RetrieveOrThrowAsync(copy[index].Text, _options.Retrieval, cancellationToken).ConfigureAwait(false);
        RetrievalContext context = _builder.Build(result.Passages);
        string? prompt = context.Sources.Count > 0 ? $"{_options.Instructions}\n\n{context.Text}" : _options.NoSourcesInstructions;
        if (!string.IsNullOrEmpty(prompt))
        {
            ChatMessage question = copy[index].Clone();
            question.Contents = [new TextContent($"{prompt}\n\nQuestion: "), .. copy[index].Contents];
            copy[index] = question;
        }

        return new AugmentedChat(copy, context, result);
    }

    /// <summary>A request with its sources; no result means that nothing was retrieved.</summary>
    private sealed record AugmentedChat(List<ChatMessage> Messages, RetrievalContext Context, RetrievalResult? Result);
}
