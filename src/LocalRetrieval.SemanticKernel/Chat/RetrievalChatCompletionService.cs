using System.Runtime.CompilerServices;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Retrieves passages for the user's question, hands them to another chat completion as numbered sources, and returns its citations.</summary>
/// <remarks>
/// <para>What <see cref="RetrievalChatClient"/> does, it does in Semantic Kernel: the question is the last user message, and the sources go into a copy of it, so that the caller's
/// history holds no sources. What the inner service adds to the history, such as calls of functions and their results, is added to the caller's.</para>
/// <para>A message that cites has its citations in its metadata under <see cref="ChatCompletionRetrievalExtensions.CitationsKey"/>, and
/// <see cref="ChatCompletionRetrievalExtensions.GetCitedSources(ChatMessageContent)"/> reads them; they stay equal when a <see cref="ChatHistory"/> is serialized. In a stream they
/// are on the last content, which has no text. Add that message to the history with its metadata: numbers of sources go on from it.</para>
/// <para>Safe for concurrent use if the inner service is.</para>
/// </remarks>
public sealed class RetrievalChatCompletionService : IChatCompletionService
{
    private readonly IChatCompletionService _inner;
    private readonly IPassageRetriever _retriever;
    private readonly RetrievalChatOptions _options;

    /// <summary>A service that adds passages to what <paramref name="innerService"/> is asked.</summary>
    /// <param name="innerService">Answers.</param>
    /// <param name="retriever">Finds the passages, and counts tokens unless the options do.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerService"/> or <paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public RetrievalChatCompletionService(IChatCompletionService innerService, IPassageRetriever retriever, RetrievalChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(innerService);
        ArgumentNullException.ThrowIfNull(retriever);
        _inner = innerService;
        _retriever = retriever;
        _options = options is null ? new RetrievalChatOptions() : new RetrievalChatOptions(options);
        ThrowIfUncounted();
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, object?> Attributes => _inner.Attributes;

    /// <inheritdoc />
    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        using KernelCallClient call = new(_inner, executionSettings, kernel, chatHistory);
        using RetrievalChatClient chat = call.WithRetrieval(_retriever, _options);
        ChatResponse response = await chat.GetResponseAsync(KernelMessages.ToMessages(chatHistory), cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. response.Messages.Select(KernelMessages.ToContent)];
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        using KernelCallClient call = new(_inner, executionSettings, kernel, chatHistory);
        using RetrievalChatClient chat = call.WithRetrieval(_retriever, _options);
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(KernelMessages.ToMessages(chatHistory), cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            yield return KernelMessages.ToContent(update);
        }
    }

    /// <summary>When it is made, rather than at the first question.</summary>
    private void ThrowIfUncounted()
    {
        using KernelCallClient call = new(_inner, settings: null, kernel: null, []);
        using RetrievalChatClient chat = call.WithRetrieval(_retriever, _options);
    }
}
