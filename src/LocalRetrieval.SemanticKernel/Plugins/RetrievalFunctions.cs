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

    /// <summary>Searches, and writes the passages as numbered sources.</summary>
    public async Task<string> SearchAsync(string query, int? top = null, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return "The query is empty. Call search again with the words to look for.";
        }

        if (top < 1 || top > _options.MaxTop)
        {
            return string.Create(CultureInfo.InvariantCulture, $"top is a whole number from 1 to {_options.MaxTop}, and it was {top}. Call search again with such a number, or without it.");
        }

        RetrievalOptions retrieval = _options.Chat.Retrieval?.Clone() ?? new RetrievalOptions();
        retrieval.Top = top ?? retrieval.Top;
        RetrievalResult result = await _retriever.RetrieveAsync(query, retrieval, cancellationToken).ConfigureAwait(false);
        RetrievalContext context = _contexts.Build(result.Passages);
        return context.Sources.Count == 0 ? "No source was found." : context.Text + Ids(context.Sources);
    }

    /// <summary>Reads on where a passage ends: the whole source, in parts that keep to the budget.</summary>
    public async Task<string> GetSourceAsync(string id, int? offset = null, CancellationToken cancellationToken = default)
    {
        if (await Sources!.ReadSourceByIdAsync(id ?? "", _options.Chat.Retrieval, cancellationToken).ConfigureAwait(false) is not { } source)
        {
            return $"There is no source with the id '{id}'. Call search first, and pass an id that it gave.";
        }

        int from = offset ?? 0;
        return from < 0 || from >= source.Text.Length
            ? string.Create(CultureInfo.InvariantCulture, $"offset is from 0 to {source.Text.Length - 1} for this source, and it was {offset}. Call get_source again with such a number, or without it.")
            : SourcePart.Write(source, from, _options.Chat.Context.MaxTokens, _counter);
    }

    /// <summary>Has the kernel's chat model answer from what is found.</summary>
    /// <exception cref="InvalidOperationException">The kernel has no chat model.</exception>
    public async Task<RetrievedAnswer> AnswerAsync(Kernel kernel, string question, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(question))
        {
            return new RetrievedAnswer { Answer = "The question is empty. Call answer again with a question.", Sources = [] };
        }

        // What belongs to the kernel is not disposed here.
        RetrievalChatClient chat = ChatOf(kernel).WithRetrieval(_retriever, new RetrievalChatOptions(_options.Chat) { TokenCounter = _counter });
        ChatResponse response = await chat.GetResponseAsync(question, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new RetrievedAnswer
        {
            Answer = response.Text,
            Sources = [.. response.Messages.SelectMany(message => message.GetCitedSources()).DistinctBy(source => source.Number).OrderBy(source => source.Number).Select(ToSource)],
        };
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

    private string Ids(IReadOnlyList<ContextSource> sources) => Sources is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"\nIds for get_source: {string.Join(", ", sources.Select(source => string.Create(CultureInfo.InvariantCulture, $"[{source.Number}] {PassageId.Of(source.Passage)}")))}");
}
