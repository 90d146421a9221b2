using Microsoft.Extensions.AI;
using OpenAIChat = OpenAI.Chat;

namespace ConsoleRag.Chat;

/// <summary>Turns answers of the OpenAI package into those of Microsoft.Extensions.AI.</summary>
internal static class OpenAIResponse
{
    public static ChatResponse From(OpenAIChat.ChatCompletion completion) =>
        new(new ChatMessage(ChatRole.Assistant, TextOf(completion.Content) + completion.Refusal) { MessageId = completion.Id })
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            FinishReason = From(completion.FinishReason),
            Usage = completion.Usage is { } usage ? From(usage) : null,
            RawRepresentation = completion,
        };

    /// <summary>The update without its usage.</summary>
    public static ChatResponseUpdate From(OpenAIChat.StreamingChatCompletionUpdate update)
    {
        string text = TextOf(update.ContentUpdate) + update.RefusalUpdate;
        return Update(update, text.Length == 0 ? [] : [new TextContent(text)]);
    }

    /// <summary>The usage of an update that has it.</summary>
    public static ChatResponseUpdate UsageOf(OpenAIChat.StreamingChatCompletionUpdate update) =>
        Update(update, [new UsageContent(From(update.Usage))]);

    private static ChatResponseUpdate Update(OpenAIChat.StreamingChatCompletionUpdate update, IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents)
        {
            ResponseId = update.CompletionId,
            MessageId = update.CompletionId,
            ModelId = update.Model,
            CreatedAt = update.CreatedAt,
            FinishReason = update.FinishReason is { } reason ? From(reason) : null,
            RawRepresentation = update,
        };

    private static string TextOf(OpenAIChat.ChatMessageContent content) => string.Concat(content.Select(part => part.Text));

    private static UsageDetails From(OpenAIChat.ChatTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };

    private static ChatFinishReason From(OpenAIChat.ChatFinishReason reason) => reason switch
    {
        OpenAIChat.ChatFinishReason.Stop => ChatFinishReason.Stop,
        OpenAIChat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAIChat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAIChat.ChatFinishReason.ToolCalls or OpenAIChat.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => new ChatFinishReason(reason.ToString()),
    };
}
