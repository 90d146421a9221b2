using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Makes of a request the one that the inner client gets: with the sources of its turn, retrieved once.</summary>
internal sealed class TurnPreparation(IPassageRetriever retriever, RetrievalChatOptions options, ConversationMemory memory)
{
    private readonly TurnRetrieval _retrieval = new(retriever, options);

    /// <summary>Prepares one request.</summary>
    /// <param name="messages">The conversation, or what is new of it.</param>
    /// <param name="chatOptions">The caller's options.</param>
    /// <param name="cancellationToken">Ends the retrieval early.</param>
    public async Task<ChatTurn> PrepareAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions, CancellationToken cancellationToken)
    {
        List<ChatMessage> given = [.. messages];
        ChatTurn request = new(SentMessages.Of(given), ChatOptionsRetrievalExtensions.Take(chatOptions, out RetrievalOptions? retrieval))
        {
            Retrieval = retrieval ?? options.Retrieval,
            IsOfRequest = retrieval is not null,
        };
        ChatTurn? last = memory.Find(chatOptions?.ConversationId);
        int user = ChatQuestion.LastIndexIn(given);
        if (user < 0)
        {
            // The service has the user message, and with it the sources: these are the results of its tools.
            return last is null ? request : last with { Messages = request.Messages, Options = request.Options, Retrieval = request.Retrieval, IsOfRequest = request.IsOfRequest };
        }

        if (string.IsNullOrWhiteSpace(given[user].Text))
        {
            return request;
        }

        ConversationHistory history = ConversationHistory.Read(given.Take(user));
        SourceNumbers numbers = (last?.Searches.Numbers ?? CurrentSearches.Find()?.Numbers ?? SourceNumbers.None).With(history.Sources)
            .From(Math.Max(history.Greatest, ConversationHistory.GreatestShown(given.Skip(user))) + 1);
        RetrievedTurn? carried = RetrievedTurn.Find(given, user);
        RetrievedTurn turn = carried ?? await _retrieval.RetrieveAsync(
            given[user].Text, ConversationOptions.Add(Before(given, user, last), request.Retrieval), history.Sources, numbers, cancellationToken).ConfigureAwait(false);
        return request with
        {
            Messages = Ask(request.Messages, user, turn),
            Conversation = given[..(user + 1)],
            Retrieved = turn,
            IsCarried = carried is not null,
            Searches = new TurnSearches(numbers.With(turn.Context.Sources)),
            Known = [.. turn.Context.Sources.Concat(history.Sources).Concat(last?.Citable ?? []).DistinctBy(source => source.Number)],
        };
    }

    /// <summary>The messages before the user's; of a conversation that the service keeps, the last question at least.</summary>
    private static List<ChatMessage> Before(List<ChatMessage> given, int user, ChatTurn? last) =>
        user == 0 && last?.Retrieved is { } before ? [new ChatMessage(ChatRole.User, before.Query)] : given[..user];

    /// <summary>The messages with the sources before the user's question.</summary>
    private IReadOnlyList<ChatMessage> Ask(IReadOnlyList<ChatMessage> messages, int user, RetrievedTurn turn)
    {
        string? prompt = _retrieval.Prompt(turn);
        if (string.IsNullOrEmpty(prompt))
        {
            return messages;
        }

        ChatMessage question = messages[user].Clone();
        question.Contents = [new TextContent($"{prompt}\n\nQuestion: "), .. messages[user].Contents];
        return [.. messages.Take(user), question, .. messages.Skip(user + 1)];
    }
}
