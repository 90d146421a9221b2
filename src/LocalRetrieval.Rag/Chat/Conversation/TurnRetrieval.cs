namespace LocalRetrieval.Rag;

/// <summary>Retrieves for a question, and says it to a model.</summary>
internal sealed class TurnRetrieval(IPassageRetriever retriever, RetrievalChatOptions options)
{
    private readonly ContextBuilder _builder = new(RetrieverTokenCounter.Of(retriever, options.TokenCounter), options.Context) { CiteAfterWords = options.CiteAfterWords };

    /// <summary>What is retrieved for a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="retrieval">Options of the retrieval.</param>
    /// <param name="cited">Sources that the conversation has cited, which are sent again.</param>
    /// <param name="numbers">The conversation's numbers.</param>
    /// <param name="cancellationToken">Ends the retrieval early.</param>
    public async Task<RetrievedTurn> RetrieveAsync(
        string query, RetrievalOptions? retrieval, IReadOnlyList<ContextSource> cited, SourceNumbers numbers, CancellationToken cancellationToken)
    {
        if (!options.RetrieveEachTurn)
        {
            return new RetrievedTurn(query, new RetrievalResult(query, []), _builder.Build([], cited, numbers));
        }

        RetrievalResult result = await retriever.RetrieveOrThrowAsync(query, retrieval, cancellationToken).ConfigureAwait(false);
        return new RetrievedTurn(query, result, _builder.Build(result.Passages, result.Passages.Count > 0 ? cited : [], numbers));
    }

    /// <summary>What the model is told before the question; null or empty where there is nothing to tell.</summary>
    public string? Prompt(RetrievedTurn turn) =>
        turn.Context.Sources.Count > 0 ? $"{options.Instructions}\n\n{turn.Context.Text}"
        : options.RetrieveEachTurn && !turn.Result.IsSkipped ? options.NoSourcesInstructions
        : null;
}
