using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel.Tests.Fakes;

/// <summary>Answers each call with the next text, and keeps what it was asked.</summary>
internal sealed class FakeChatCompletion(params string[] answers) : IChatCompletionService
{
    private int _next;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    /// <summary>The histories, as they were when they came.</summary>
    public List<ChatHistory> Asked { get; } = [];

    public Kernel? Kernel { get; private set; }

    public PromptExecutionSettings? Settings { get; private set; }

    /// <summary>Added to the history before the answer, as connectors add calls of functions.</summary>
    public List<ChatMessageContent> Adds { get; } = [];

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        Keep(chatHistory, executionSettings, kernel);
        return Task.FromResult<IReadOnlyList<ChatMessageContent>>(
            [new ChatMessageContent(AuthorRole.Assistant, answers[_next++], "fake-model", metadata: new Dictionary<string, object?> { ["own"] = "kept" })]);
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Keep(chatHistory, executionSettings, kernel);
        foreach (char letter in answers[_next++])
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StreamingChatMessageContent(AuthorRole.Assistant, letter.ToString());
        }
    }

    private void Keep(ChatHistory history, PromptExecutionSettings? settings, Kernel? kernel)
    {
        Asked.Add([.. history]);
        history.AddRange(Adds.ToArray());
        (Settings, Kernel) = (settings, kernel);
    }
}
