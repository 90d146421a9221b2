using System.Globalization;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace LocalRetrieval.SemanticKernel;

/// <summary>What the functions of a retrieval plugin do. What a model asks wrongly is answered by a sentence that says how to ask.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RetrievalFunctions
{
    /// <summary>The least that <see cref="ContextOptions.MaxTokens"/> takes.</summary>
    private const int MinTokens = 64;

    private readonly IPassageRetriever _retriever;
    private readonly RetrievalPluginOptions _options;
    private readonly ITokenCounter _counter;
    private readonly ContextBuilder _contexts;

    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public RetrievalFunctions(IPassageRetriever retriever, RetrievalPluginOptions options)
    {
        _retriever = retriever;
        _options = options;
        _counter = options.Chat.TokenCounter ?? retriever.GetService<ITokenCounter>() ?? throw new ArgumentException(
            $"{retriever.GetType().Name} offers no {nameof(ITokenCounter)}, so results cannot be kept to their budget. "
                + $"Set {nameof(RetrievalPluginOptions)}.{nameof(options.Chat)}.{nameof(options.Chat.TokenCounter)}.",
            nameof(retriever));
        _contexts = new ContextBuilder(_counter, options.Chat.Context) { CiteAfterWords = options.Chat.CiteAfterWords };
        Sources = retriever.GetService<ISourceReader>();
    }

    /// <summary>Reads whole sources; null where the retriever does not.</summary>
    public ISourceReader? Sources { get; }

    /// <summary>How each function retrieves: what the client around it may see holds too.</summary>
    private RetrievalOptions? Retrieval => SearchOptions.Of(ChatTurn.Current, _options.Chat.Retrieval);

    /// <summary>Searches, and writes the passages as numbered sources.</summary>
    public async Task<string> SearchAsync(string? query = null, object? top = null, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return "The query is empty. Call search again with the words to look for.";
        }

        if (!WholeNumber.TryRead(top, 1, _options.MaxTop, out int? count))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"top is a whole number from 1 to {_options.MaxTop}, and it was {WholeNumber.Quote(top)}. Call search again with such a number, or without it.");
        }

        RetrievalOptions retrieval = Retrieval?.Clone() ?? new RetrievalOptions();
        retrieval.Top = count ?? retrieval.Top;
        RetrievalResult result = await _retriever.RetrieveAsync(query, retrieval, cancellationToken).ConfigureAwait(false);
        RetrievalContext context = CurrentSearches.Find()?.Build(numbers => Fit(result.Passages, numbers)) ?? Fit(result.Passages, SourceNumbers.None);
        return context.Sources.Count == 0 ? "No source was found." : context.Text + Ids(context.Sources);
    }

    /// <summary>Reads on where a passage ends: the whole source, in parts that keep to the budget.</summary>
    public async Task<string> GetSourceAsync(string? id = null, object? offset = null, CancellationToken cancellationToken = default)
    {
        if (await Sources!.ReadSourceByIdAsync(id ?? "", Retrieval, cancellationToken).ConfigureAwait(false) is not { } source)
        {
            return $"There is no source with the id '{id}'. Call search first, and pass an id that it gave.";
        }

        int last = source.Text.Length - 1;
        return WholeNumber.TryRead(offset, 0, last, out int? from)
            ? SourcePart.Write(source, from ?? 0, _options.Chat.Context.MaxTokens, _counter)
            : string.Create(
                CultureInfo.InvariantCulture, $"offset is a whole number from 0 to {last} for this source, and it was {WholeNumber.Quote(offset)}. Call get_source again with such a number, or without it.");
    }

    /// <summary>Has the kernel's chat model answer from what is found.</summary>
    /// <exception cref="InvalidOperationException">The kernel has no chat model.</exception>
    public async Task<RetrievedAnswer> AnswerAsync(Kernel kernel, string? question = null, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(question))
        {
            return new RetrievedAnswer { Answer = "The question is empty. Call answer again with a question.", Sources = [] };
        }

        // What belongs to the kernel is not disposed here.
        RetrievalChatClient chat = ChatOf(kernel).WithRetrieval(_retriever, new RetrievalChatOptions(_options.Chat) { TokenCounter = _counter, Retrieval = Retrieval });
        ChatResponse response = await chat.GetResponseAsync(question, cancellationToken: cancellationToken).ConfigureAwait(false);
        ContextSource[] cited = [.. response.Messages.SelectMany(message => message.GetCitedSources()).DistinctBy(source => source.Number).OrderBy(source => source.Number)];
        CurrentSearches.Find()?.Add(cited);
        return new RetrievedAnswer { Answer = response.Text, Sources = [.. cited.Select(ToSource)] };
    }

    private static IChatClient ChatOf(Kernel kernel) =>
        kernel.Services.GetService(typeof(IChatClient)) as IChatClient
        ?? (kernel.Services.GetService(typeof(IChatCompletionService)) as IChatCompletionService)?.AsChatClient()
        ?? throw new InvalidOperationException(
            "The kernel has no chat model that could answer. Add one to its builder, such as by AddOpenAIChatCompletion, or register an IChatClient; search needs none.");

    private static AnswerSource ToSource(ContextSource source) => new()
    {
        Number = source.Number,
        Id = PassageId.Of(source.Passage),
        Source = source.Passage.Source,
        Title = source.Passage.Title,
        HeadingPath = source.Passage.HeadingPath,
        Page = source.Passage.Page,
    };

    /// <summary>The passages that fit within the budget together with their ids.</summary>
    private RetrievalContext Fit(IReadOnlyList<RetrievedPassage> passages, SourceNumbers numbers)
    {
        RetrievalContext context = _contexts.Build(passages, [], numbers);
        int rest = _options.Chat.Context.MaxTokens - _counter.CountTokens(Ids(context.Sources));
        if (context.TokenCount <= rest)
        {
            return context;
        }

        ContextOptions options = new() { MaxTokens = Math.Max(MinTokens, rest) };
        return new ContextBuilder(_counter, options) { CiteAfterWords = _options.Chat.CiteAfterWords }.Build(passages, [], numbers);
    }

    private string Ids(IReadOnlyList<ContextSource> sources) => Sources is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"\nIds for get_source: {string.Join(", ", sources.Select(source => string.Create(CultureInfo.InvariantCulture, $"[{source.Number}] {PassageId.Of(source.Passage)}")))}");
}
