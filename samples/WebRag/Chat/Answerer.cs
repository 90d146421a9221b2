using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using WebRag.Documents;
using WebRag.Searching;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Chat;

/// <summary>Answers a question of a conversation: what was found, then the text as it is written, then what it cites.</summary>
internal sealed partial class Answerer(
    ChatModel chat, IPassageRetriever retriever, DocumentCatalog catalog, IOptions<WebRagOptions> options, IHostApplicationLifetime lifetime, ILogger<Answerer> logger)
{
    public const string StartEvent = "start";
    public const string FoundEvent = "found";
    public const string TextEvent = "text";
    public const string EndEvent = "end";

    private const string Unanswered = "The model did not answer, or not to the end. Try again.";
    private const string Unexpected = "The answer failed, and the reason is not in the question. Try again.";

    /// <summary>The events of an answer. The conversation must have been entered; it is left when the answer ends or is stopped.</summary>
    public async IAsyncEnumerable<SseItem<object>> AnswerAsync(
        Session session, Conversation conversation, ChatRequest request, [EnumeratorCancellation] CancellationToken requested)
    {
        // An application that is stopped does not wait for answers.
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(requested, lifetime.ApplicationStopping);
        CancellationToken cancellationToken = ending.Token;
        List<ChatResponseUpdate> updates = [];
        SeenRetriever seen = new(retriever);
        bool isWhole = false;
        ChatMessage question = new(ChatRole.User, request.Question);
        try
        {
            yield return new SseItem<object>(new ChatStart(conversation.Id), StartEvent);
            ChatOptions chatOptions = new ChatOptions().WithRetrieval(await RetrievalAsync(session, request, cancellationToken));
            // Of this answer alone, and so not disposed: the model is shared.
            RetrievalChatClient client = chat.Client.WithRetrieval(seen, new RetrievalChatOptions { UnknownNumbers = UnknownNumbers.Remove });
            await using IAsyncEnumerator<ChatResponseUpdate> answer = client
                .GetStreamingResponseAsync([.. History(conversation), question], chatOptions, cancellationToken)
                .GetAsyncEnumerator(cancellationToken);

            Task<Step> next = NextAsync(answer, cancellationToken);
            await Task.WhenAny(next, seen.Result);
            if (seen.Result is { IsCompletedSuccessfully: true, Result: var found })
            {
                yield return new SseItem<object>(ResponseWriter.Write(found, isReranked: true, options.Value.MinimumRelevance), FoundEvent);
            }

            Step step;
            while ((step = await next).Update is { } update)
            {
                updates.Add(update);
                if (update.Text.Length > 0)
                {
                    yield return new SseItem<object>(new ChatText(update.Text), TextEvent);
                }

                next = NextAsync(answer, cancellationToken);
            }

            ChatEnd end = End(updates, step.Error);
            isWhole = end.Error is null;
            yield return new SseItem<object>(end, EndEvent);
        }
        finally
        {
            Keep(conversation, question, updates, seen, isWhole);
            conversation.Leave();
        }
    }

    private async Task<RetrievalOptions<Passage>> RetrievalAsync(Session session, ChatRequest request, CancellationToken cancellationToken) => new()
    {
        MinimumRelevance = options.Value.MinimumRelevance,
        Explain = [],
        Filter = await catalog.FilterAsync(session, request.Filter, cancellationToken),
    };

    /// <summary>The messages before. Quotes are of what was found for the question alone, so that earlier sources are not sent again.</summary>
    private IEnumerable<ChatMessage> History(Conversation conversation) =>
        chat.IsOffline ? conversation.Messages.Select(message => new ChatMessage(message.Role, message.Text)) : conversation.Messages;

    /// <summary>The answer's next update; none at its end, where an error may stand for the rest.</summary>
    private async Task<Step> NextAsync(IAsyncEnumerator<ChatResponseUpdate> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.MoveNextAsync() ? new Step(answer.Current, Error: null) : new Step(Update: null, Error: null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(exception.GetType().Name);
            return new Step(Update: null, Unexpected);
        }
    }

    /// <summary>What an endpoint says of its failures is for whoever runs the application: it may name addresses and keys.</summary>
    private string? ErrorOf(ChatResponse response)
    {
        if (response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().FirstOrDefault() is not { } content)
        {
            return null;
        }

        LogModelFailure(content.ErrorCode ?? "unknown");
        return Unanswered;
    }

    private ChatEnd End(List<ChatResponseUpdate> updates, string? error)
    {
        ChatResponse response = updates.ToChatResponse();
        return new ChatEnd
        {
            Sources = [.. response.Messages.SelectMany(message => message.GetCitedSources()).DistinctBy(source => source.Number).OrderBy(source => source.Number).Select(ChatSource.Of)],
            Error = error ?? ErrorOf(response),
        };
    }

    /// <summary>What was asked and answered stays, an answer that was stopped as far as it came; a question without an answer does not.</summary>
    private void Keep(Conversation conversation, ChatMessage question, List<ChatResponseUpdate> updates, SeenRetriever seen, bool isWhole)
    {
        ChatMessage[] answer = [.. updates.ToChatResponse().Messages.Where(message => message.Text.Length > 0)];
        if (answer.Length > 0)
        {
            ChatTurnView.Mark(answer[^1], seen.Result is { IsCompletedSuccessfully: true, Result: { Passages.Count: 0, IsSkipped: false } }, isWhole);
            conversation.Add([question, .. answer], options.Value.MaxMessages);
        }
    }

    [LoggerMessage(LogLevel.Error, "The chat endpoint failed: {Code}.")]
    private partial void LogModelFailure(string code);

    // The message of an exception may hold what somebody wrote.
    [LoggerMessage(LogLevel.Error, "An answer failed: {Type}.")]
    private partial void LogFailure(string type);

    private sealed record Step(ChatResponseUpdate? Update, string? Error);
}
