using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Lets a model search by itself.</summary>
public static class PassageRetrieverAIFunctionExtensions
{
    /// <summary>A function that a model calls with a query and that returns the passages as numbered sources.</summary>
    /// <remarks>
    /// <para>The sources are written as <see cref="ContextBuilder"/> does. Called within a <see cref="RetrievalChatClient"/>, as by
    /// <c>chat.AsBuilder().UseRetrieval(retriever, options).UseFunctionInvocation()</c>, they have numbers of its
    /// conversation, the answer cites them, and the retriever is given the messages (<see cref="RetrievalOptions.Conversation"/>)
    /// and the filter of the request (<see cref="ChatOptionsRetrievalExtensions.WithRetrieval"/>) or of that client, beside its own; <see cref="RetrievalChatOptions.RetrieveEachTurn"/> false leaves all searching to the model.
    /// Called by a <see cref="FunctionInvokingChatClient"/> without such a client around it, searches of one turn have different numbers all the same, which go on from those that the messages show. Called
    /// by code, the numbers of each search start from 1.</para>
    /// <para>Safe for concurrent use.</para>
    /// </remarks>
    /// <param name="retriever">Finds the passages.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="description">What the model is told of it: name what can be found.</param>
    /// <param name="options">How to retrieve and how long the answer may be; null means the defaults. Its instructions to a model are not used.</param>
    /// <exception cref="ArgumentNullException"><paramref name="retriever"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the retriever nor the options count tokens.</exception>
    public static AIFunction AsAIFunction(
        this IPassageRetriever retriever,
        string name = "search",
        string description = "Searches the documents for passages that answer a query. Returns numbered sources, best first: cite them by their numbers, like [1].",
        RetrievalChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        options ??= new RetrievalChatOptions();
        ContextBuilder builder = new(RetrieverTokenCounter.Of(retriever, options.TokenCounter), options.Context) { CiteAfterWords = options.CiteAfterWords };
        RetrievalOptions? retrieval = options.Retrieval?.Clone();
        return AIFunctionFactory.Create(SearchAsync, name, description);

        async Task<string> SearchAsync([Description("What to search for, in words.")] string query, CancellationToken cancellationToken)
        {
            RetrievalResult result = await retriever.RetrieveOrThrowAsync(
                query, ConversationOptions.Add(ChatTurn.Current?.Conversation, SearchOptions.Of(ChatTurn.Current, retrieval)), cancellationToken).ConfigureAwait(false);
            RetrievalContext context = CurrentSearches.Find()?.Build(numbers => builder.Build(result.Passages, [], numbers)) ?? builder.Build(result.Passages);
            return context.Sources.Count > 0 ? context.Text : "No source was found.";
        }
    }
}
