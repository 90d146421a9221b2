using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Samples.Chat;

namespace SemanticKernelRag.Chat;

/// <summary>Answers without a model: where it is offered a search it calls that once with the question, and then it quotes from what it was given.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ExtractiveChatCompletion : IChatCompletionService
{
    private const int Top = 3;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        StreamedMessage.ReadAsync(GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken));

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        string? found = ResultOf(chatHistory);
        if (found is null && OfferedSearch(chatHistory, executionSettings, kernel) is { } search)
        {
            yield return Call(search, QuestionOf(chatHistory));
            yield break;
        }

        RetrievalPrompt prompt = found is null
            ? RetrievalPrompt.Read(QuestionOf(chatHistory))
            : new RetrievalPrompt(QuestionOf(chatHistory), RetrievalPrompt.ReadSources(found));
        foreach (string piece in ExtractiveAnswer.Pieces(ExtractiveAnswer.Write(prompt)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StreamingChatMessageContent(AuthorRole.Assistant, piece);
        }
    }

    private static string QuestionOf(ChatHistory history) => history.LastOrDefault(message => message.Role == AuthorRole.User)?.Content ?? "";

    /// <summary>What the function gave that was called for the last question; null where none was.</summary>
    private static string? ResultOf(ChatHistory history) =>
        history[^1].Items.OfType<FunctionResultContent>().LastOrDefault() is { } result ? result.Result?.ToString() ?? "" : null;

    private static KernelFunction? OfferedSearch(ChatHistory history, PromptExecutionSettings? settings, Kernel? kernel) => settings?.FunctionChoiceBehavior?
        .GetConfiguration(new FunctionChoiceBehaviorConfigurationContext(history) { Kernel = kernel }).Functions?
        .FirstOrDefault(function => function.Name == "search");

    private static StreamingChatMessageContent Call(KernelFunction search, string question)
    {
        string arguments = JsonSerializer.Serialize(new { query = question, top = Top });
        return new StreamingChatMessageContent(AuthorRole.Assistant, content: null)
        {
            Items = [new StreamingFunctionCallUpdateContent("call-1", $"{search.PluginName}-{search.Name}", arguments)],
        };
    }
}
