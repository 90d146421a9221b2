using Microsoft.Extensions.AI;
using OpenAIChat = OpenAI.Chat;

namespace ConsoleRag.Chat;

/// <summary>A request in the types of the OpenAI package.</summary>
internal sealed record OpenAIRequest(List<OpenAIChat.ChatMessage> Messages, OpenAIChat.ChatCompletionOptions Options)
{
    /// <summary>The request for a client of <paramref name="model"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    /// <exception cref="NotSupportedException">A role, content or option has no counterpart.</exception>
    public static OpenAIRequest From(IEnumerable<ChatMessage> messages, ChatOptions? options, string? model)
    {
        ArgumentNullException.ThrowIfNull(messages);
        options ??= new ChatOptions();
        List<OpenAIChat.ChatMessage> request = [];
        if (!string.IsNullOrEmpty(options.Instructions))
        {
            request.Add(new OpenAIChat.SystemChatMessage(options.Instructions));
        }

        request.AddRange(messages.Select(From));
        return new OpenAIRequest(request, From(options, model));
    }

    private static OpenAIChat.ChatMessage From(ChatMessage message)
    {
        string text = TextOf(message);
        return message.Role == ChatRole.System ? new OpenAIChat.SystemChatMessage(text)
            : message.Role == ChatRole.User ? new OpenAIChat.UserChatMessage(text)
            : message.Role == ChatRole.Assistant ? new OpenAIChat.AssistantChatMessage(text)
            : throw new NotSupportedException(
                $"A message has the role '{message.Role}'; this client sends system, user and assistant messages.");
    }

    private static string TextOf(ChatMessage message) => string.Concat(message.Contents.Select(content => content is TextContent text
        ? text.Text
        : throw new NotSupportedException(
            $"A message of the role '{message.Role}' holds {content.GetType().Name}; this client sends {nameof(TextContent)} only.")));

    private static OpenAIChat.ChatCompletionOptions From(ChatOptions options, string? model)
    {
        RefuseUnsupported(options, model);
        OpenAIChat.ChatCompletionOptions request = new()
        {
            Temperature = options.Temperature,
            TopP = options.TopP,
            MaxOutputTokenCount = options.MaxOutputTokens,
            FrequencyPenalty = options.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty,
#pragma warning disable OPENAI001 // The package marks it experimental because not every model honours it.
            Seed = options.Seed,
#pragma warning restore OPENAI001
        };
        foreach (string sequence in options.StopSequences ?? [])
        {
            request.StopSequences.Add(sequence);
        }

        return request;
    }

    private static void RefuseUnsupported(ChatOptions options, string? model)
    {
        Refuse(options.Tools is { Count: > 0 }, $"{nameof(ChatOptions.Tools)} ({options.Tools?.FirstOrDefault()?.Name})");
        Refuse(options.ToolMode is RequiredChatToolMode, nameof(ChatOptions.ToolMode));
        Refuse(options.ModelId is { } id && id != model, $"{nameof(ChatOptions.ModelId)} '{options.ModelId}' (it asks '{model}')");
        Refuse(options.ResponseFormat is not (null or ChatResponseFormatText), nameof(ChatOptions.ResponseFormat));
        Refuse(options.TopK is not null, nameof(ChatOptions.TopK));
        Refuse(options.Reasoning is not null, nameof(ChatOptions.Reasoning));
        Refuse(options.ConversationId is not null, nameof(ChatOptions.ConversationId));
        Refuse(options.RawRepresentationFactory is not null, nameof(ChatOptions.RawRepresentationFactory));
    }

    private static void Refuse(bool isSet, string option)
    {
        if (isSet)
        {
            throw new NotSupportedException($"{nameof(OpenAIChatClient)} does not support the option {option}.");
        }
    }
}
