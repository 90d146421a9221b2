using LocalRetrieval.Rag;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.AgentFramework;

/// <summary>Gives an agent numbered sources for each question, and remembers in the session which of them were cited.</summary>
/// <remarks>
/// <para>The last user message is the query, and the messages before it, the session's history included, are its conversation (<see cref="RetrievalOptions.Conversation"/>), as far as
/// <see cref="RetrievalContextProviderOptions.MessageFilter"/> lets them through. The sources are a user message right before the question, each between two lines that it cannot hold
/// (<see cref="ContextBuilder"/>); those of earlier turns are taken out of what the history gives. A turn is retrieved for once, also where this is asked before each call of the model.</para>
/// <para>A source keeps its number for the whole session. Sources that answers cited are sent again as far as they fit. Numbers, cited sources and what was retrieved last are in the
/// session's state, and with it in the serialized session: the last 64 sources with their texts.</para>
/// <para>Functions among the agent's tools are called within the turn: a search of theirs (<see cref="PassageRetrieverAIFunctionExtensions.AsAIFunction"/>) is held to the session's scope beside its
/// own filter, goes on with the session's numbers, and can be cited. Tools that a provider behind this one adds are not.</para>
/// <para>What fails is thrown, unless <see cref="RetrievalContextProviderOptions.ContinueOnFailure"/> is set. A message without text retrieves nothing.</para>
/// <para>It makes no annotations, since a provider does not make answers: <see cref="GetCitedSources"/> tells what was cited, and
/// <see cref="RetrievalAgentBuilderExtensions.UseRetrieval"/> is an agent that annotates.</para>
/// <para>Safe for concurrent use, with a session of its own for each conversation.</para>
/// </remarks>
public sealed class RetrievalContextProvider : MessageAIContextProvider
{
    private const string SourcesKey = "localretrieval.sources";

    private readonly IPassageRetriever _retriever;
    private readonly RetrievalContextProviderOptions _options;
    private readonly TurnRetrieval _retrieval;
    private readonly TurnTools _tools;

    /// <summary>A provider of what <paramref name="retriever"/> finds.</summary>
    /// <param name="retriever">Finds the passages, and counts tokens unless the options do; it stays the caller's.</param>
    /// <param name="options">Null means the defaults. They are copied.</param>
    /// <param name="loggerFactory">Makes the logger of failures that the options let pass; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public RetrievalContextProvider(IPassageRetriever retriever, RetrievalContextProviderOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        _retriever = retriever;
        _options = options is null ? new RetrievalContextProviderOptions() : new RetrievalContextProviderOptions(options);
        _retrieval = new TurnRetrieval(FailureTolerantRetriever.Of(retriever, _options.ContinueOnFailure, loggerFactory), _options.Chat);
        _tools = new TurnTools(_options);
        StateKeys = [_options.StateKey];
    }

    /// <inheritdoc />
    public override IReadOnlyList<string> StateKeys { get; }

    /// <summary>The sources that the session's answers have cited, with their numbers: the one cited last at the end.</summary>
    /// <param name="session">The session.</param>
    /// <exception cref="ArgumentNullException"><paramref name="session"/> is null.</exception>
    public IReadOnlyList<ContextSource> GetCitedSources(AgentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. SessionState.Read(session, _options.StateKey).Sources.Select(source => source.ToSource())];
    }

    /// <inheritdoc />
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return base.GetService(serviceType, serviceKey) ?? (serviceKey is null && serviceType.IsInstanceOfType(_retriever) ? _retriever : null);
    }

    /// <inheritdoc />
    protected override async ValueTask<AIContext> InvokingCoreAsync(AIContextProvider.InvokingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        (IEnumerable<ChatMessage> messages, RetrievedTurn? turn) = await AddSourcesAsync(context.Session, context.AIContext.Messages ?? [], cancellationToken).ConfigureAwait(false);
        return new AIContext
        {
            Instructions = context.AIContext.Instructions,
            Tools = _tools.Wrap(context.AIContext.Tools, context.Session, turn?.Context.Sources ?? []),
            Messages = messages,
        };
    }

    /// <inheritdoc />
    protected override async ValueTask<IEnumerable<ChatMessage>> InvokingCoreAsync(InvokingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (await AddSourcesAsync(context.Session, context.RequestMessages, cancellationToken).ConfigureAwait(false)).Messages;
    }

    /// <inheritdoc />
    protected override ValueTask StoreAIContextAsync(InvokedContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        RetrievalState state = SessionState.Read(context.Session, _options.StateKey);
        if (state.Turn is not null)
        {
            SessionState.Write(context.Session, _options.StateKey, AnsweredTurn.Add(state, context.ResponseMessages ?? [], _tools.Find(context.Session), _options));
        }

        return default;
    }

    private async ValueTask<(IEnumerable<ChatMessage> Messages, RetrievedTurn? Turn)> AddSourcesAsync(AgentSession? session, IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        List<ChatMessage> all = [.. messages.Where(message => SourcesKeyOf(message) != _options.StateKey)];
        RetrievedTurn? turn = await TurnOfAsync(session, Filtered(all), GreatestTaken(all), cancellationToken).ConfigureAwait(false);
        string? prompt = turn is null ? null : _retrieval.Prompt(turn);
        if (!string.IsNullOrEmpty(prompt))
        {
            int question = all.FindLastIndex(message => ChatQuestion.Is(message) && !ContextMessages.Is(message));
            all.Insert(question < 0 ? all.Count : question, SourcesOf(prompt));
        }

        return (all, turn);
    }

    private List<ChatMessage> Filtered(List<ChatMessage> messages) => _options.MessageFilter is { } filter
        ? [.. filter(messages.Where(message => SourcesKeyOf(message) is null)) ?? throw new InvalidOperationException($"{nameof(RetrievalContextProviderOptions)}.{nameof(RetrievalContextProviderOptions.MessageFilter)} gave null. Give an empty list for no messages.")]
        : [.. messages.Where(message => SourcesKeyOf(message) is null && !ContextMessages.Is(message))];

    /// <summary>What is retrieved for the last question; null where nothing is asked.</summary>
    private async Task<RetrievedTurn?> TurnOfAsync(AgentSession? session, List<ChatMessage> messages, int taken, CancellationToken cancellationToken)
    {
        int question = ChatQuestion.LastIndexIn(messages);
        if (question < 0 || string.IsNullOrWhiteSpace(messages[question].Text))
        {
            return null;
        }

        RetrievalState state = SessionState.Read(session, _options.StateKey);
        if (state.Turn is { } known && known.Query == messages[question].Text && question < messages.Count - 1)
        {
            return known.ToTurn();
        }

        RetrievedTurn turn = await RetrieveAsync(session, state, messages[question].Text, messages[..question], taken, cancellationToken).ConfigureAwait(false);
        _tools.Begin(session);
        int next = turn.Context.Sources.Select(source => source.Number + 1).Append(state.Next).Max();
        SessionState.Write(session, _options.StateKey, state with { Turn = TurnData.Of(turn), Next = next });
        return turn;
    }

    private Task<RetrievedTurn> RetrieveAsync(
        AgentSession? session, RetrievalState state, string query, List<ChatMessage> before, int taken, CancellationToken cancellationToken)
    {
        ContextSource[] cited = [.. state.Sources.Select(source => source.ToSource())];
        IReadOnlyList<ChatMessage> conversation = before.Count > 0 ? before : [.. state.Recent.Select(message => message.ToMessage())];
        RetrievalOptions? retrieval = ScopedOptions.For(session, _options.ScopedRetrieval, _options.Chat.Retrieval);
        return _retrieval.RetrieveAsync(query, ConversationOptions.Add(conversation, retrieval), cited, SourceNumbers.None.With(cited).From(Math.Max(state.Next, taken + 1)), cancellationToken);
    }

    /// <summary>The greatest number that the model sees: of an answer, of a search, or of another provider's sources.</summary>
    private static int GreatestTaken(List<ChatMessage> messages) => messages.Where(message => SourcesKeyOf(message) is not null).SelectMany(message => SourceFence.NumbersIn(message.Text))
        .Append(ConversationHistory.Read(messages).Greatest).Max();

    /// <summary>The key of the provider whose sources a message is, as it was set or as JSON gave it back; null for other messages.</summary>
    private static string? SourcesKeyOf(ChatMessage message) => message.AdditionalProperties?.GetValueOrDefault(SourcesKey)?.ToString();

    private ChatMessage SourcesOf(string prompt) =>
        new ChatMessage(ChatRole.User, prompt) { AdditionalProperties = new() { [SourcesKey] = _options.StateKey } }
            .WithAgentRequestMessageSource(AgentRequestMessageSourceType.AIContextProvider, GetType().FullName!);
}
