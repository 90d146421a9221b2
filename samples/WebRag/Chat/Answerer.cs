using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
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
    private const string Stopping = "The server stops, and the answer with it. Try again in a moment.";

    /// <summary>The events of an answer. The conversation must have begun with the question; it is kept what becomes of it, also where nobody reads on.</summary>
    public async IAsyncEnumerable<SseItem<object>> AnswerAsync(
        Session session, Conversation conversation, ChatRequest request, [EnumeratorCancellation] CancellationToken requested)
    {
        // An application that is stopped does not wait for answers.
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(requested, lifetime.ApplicationStopping);
        Channel<SseItem<object>> events = Channel.CreateUnbounded<SseItem<object>>();
        Task writing = WriteAsync(session, conversation, request, events.Writer, ending.Token);
        try
        {
            // An answer that is stopped comes to an end of its own, with what it cites.
            await foreach (SseItem<object> item in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return item;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await writing;
        }
    }

    private async Task WriteAsync(Session session, Conversation conversation, ChatRequest request, ChannelWriter<SseItem<object>> events, CancellationToken cancellationToken)
    {
        ChatTurn turn = new() { Question = request.Question, State = TurnState.Failed, Error = Unexpected };
        try
        {
            Write(events, StartEvent, new ChatStart(conversation.Id));
            turn = await TurnAsync(session, conversation, request, events, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            turn = turn with { State = TurnState.Stopped, Error = null };
        }
        catch (Exception exception)
        {
            LogFailure(exception.GetType().Name);
        }

        if (turn.State == TurnState.Stopped && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            turn = turn with { State = TurnState.Failed, Error = Stopping };
        }

        conversation.End(turn);
        Write(events, EndEvent, ChatTurnView.Of(turn));
        events.Complete();
    }

    private async Task<ChatTurn> TurnAsync(Session session, Conversation conversation, ChatRequest request, ChannelWriter<SseItem<object>> events, CancellationToken cancellationToken)
    {
        bool foundNothing = false;
        SeenRetriever seen = new(new AnsweringRetriever(retriever), found =>
        {
            foundNothing = found is { Passages.Count: 0, IsSkipped: false };
            Write(events, FoundEvent, ResponseWriter.Write(found, isReranked: true, options.Value.MinimumRelevance));
        });
        // Of this answer alone, and so not disposed: the model is shared.
        BoundedChatClient model = new(chat.Client, options.Value.MaxAnswerLength);
        RetrievalChatClient client = model.WithRetrieval(seen, new RetrievalChatOptions { UnknownNumbers = UnknownNumbers.Remove });
        ChatMessage question = new(ChatRole.User, request.Question);
        ChatOptions chatOptions = new ChatOptions().WithRetrieval(await RetrievalAsync(session, request, cancellationToken));
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([.. History(conversation), question], chatOptions, cancellationToken))
        {
            updates.Add(update);
            if (update.Text.Length > 0)
            {
                Write(events, TextEvent, new ChatText(update.Text));
            }
        }

        return End(request.Question, updates.ToChatResponse(), model) with { FoundNothing = foundNothing };
    }

    private async Task<RetrievalOptions<Passage>> RetrievalAsync(Session session, ChatRequest request, CancellationToken cancellationToken) => new()
    {
        MinimumRelevance = options.Value.MinimumRelevance,
        Explain = [],
        Filter = await catalog.FilterAsync(session, request.Filter, cancellationToken),
    };

    /// <summary>The messages before. Quotes are of what was found for the question alone, so that earlier sources are not sent again.</summary>
    private IEnumerable<ChatMessage> History(Conversation conversation)
    {
        IEnumerable<ChatMessage> messages = conversation.Turns.SelectMany(turn => turn.Messages);
        return chat.IsOffline ? messages.Select(message => new ChatMessage(message.Role, message.Text)) : messages;
    }

    private ChatTurn End(string question, ChatResponse response, BoundedChatClient model)
    {
        string? error = model.State == TurnState.Cut ? string.Create(CultureInfo.InvariantCulture, $"The answer ends here: with {options.Value.MaxAnswerLength:N0} characters it is as long as one may be.")
            : ErrorOf(response, model);
        return new ChatTurn
        {
            Question = question,
            Answer = [.. response.Messages.Where(message => message.Text.Length > 0)],
            State = error is not null && model.State == TurnState.Whole ? TurnState.Failed : model.State,
            Error = error,
        };
    }

    /// <summary>What an endpoint says of its failures is for whoever runs the application: it may name addresses and keys.</summary>
    private string? ErrorOf(ChatResponse response, BoundedChatClient model)
    {
        if (model.Failure is { } failure)
        {
            LogFailure(failure.GetType().Name);
            return Unexpected;
        }

        if (response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().FirstOrDefault() is not { } content)
        {
            return null;
        }

        LogModelFailure(content.ErrorCode ?? "unknown");
        return Unanswered;
    }

    private static void Write(ChannelWriter<SseItem<object>> events, string name, object data) => events.TryWrite(new SseItem<object>(data, name));

    [LoggerMessage(LogLevel.Error, "The chat endpoint failed: {Code}.")]
    private partial void LogModelFailure(string code);

    // The message of an exception may hold what somebody wrote.
    [LoggerMessage(LogLevel.Error, "An answer failed: {Type}.")]
    private partial void LogFailure(string type);
}
