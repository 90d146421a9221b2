using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Adds stages to a pipeline of retrievers that prepare queries before they are searched for.</summary>
/// <remarks>
/// <para>Where a chat client fails, takes too long or gives nothing of use, the query is searched as it was asked, and <see cref="RetrievalResult.Notes"/> says so; the
/// exception is logged. A caller's cancellation is no failure. <see cref="RetrievalResult.Query"/> stays what was asked; <see cref="RetrievalResult.SearchQuery"/>,
/// <see cref="RetrievalResult.Queries"/> and <see cref="RetrievalResult.HypotheticalDocuments"/> say what was searched.</para>
/// <para>A stage that was added first sees a query first: rewriting comes before the others. A chat client that is not passed is resolved at the first query that
/// needs it, and must not be one that retrieves by the same retriever.</para>
/// </remarks>
public static class QueryStageBuilderExtensions
{
    /// <summary>Makes of a conversation's last message a query that stands alone; a greeting or thanks retrieves nothing.</summary>
    /// <remarks>
    /// The messages before it are <see cref="RetrievalOptions.Conversation"/>, which a <see cref="RetrievalChatClient"/> sets; without them the chat client is not asked.
    /// Without a chat client, a question that has no content words of its own ("why?", "and in Germany?") is joined to those before it, in the languages that
    /// have stop words (da, de, en, es, fi, fr, it, nl, no, pl, pt, ru, sv, tr).
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClient">Rewrites; null takes the registered one, or none where there is none.</param>
    /// <param name="configure">Sets the options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder UseQueryRewriting(
        this PassageRetrieverBuilder builder, IChatClient? chatClient = null, Action<QueryRewritingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        QueryRewritingOptions options = new QueryRewritingOptions();
        configure?.Invoke(options);
        return builder.Use((inner, services) => new QueryStageRetriever(inner, QueryStages.QueryRewriting(options, chatClient, services)));
    }

    /// <summary>Makes of a conversation's last message a query that stands alone; a greeting or thanks retrieves nothing.</summary>
    /// <remarks>
    /// The messages before it are <see cref="RetrievalOptions.Conversation"/>, which a <see cref="RetrievalChatClient"/> sets; without them the chat client is not asked.
    /// Without a chat client, a question that has no content words of its own ("why?", "and in Germany?") is joined to those before it, in the languages that
    /// have stop words (da, de, en, es, fi, fr, it, nl, no, pl, pt, ru, sv, tr).
    /// </remarks>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClient">Rewrites; null takes the registered one, or none where there is none.</param>
    /// <param name="configure">Sets the options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> UseQueryRewriting<TRecord>(
        this PassageRetrieverBuilder<TRecord> builder, IChatClient? chatClient = null, Action<QueryRewritingOptions>? configure = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        QueryRewritingOptions options = new QueryRewritingOptions();
        configure?.Invoke(options);
        return builder.Use((inner, services) => new QueryStageRetriever<TRecord>(inner, QueryStages.QueryRewriting(options, chatClient, services)));
    }

    /// <summary>Words each query in other ways, which find candidates too; candidates are scored and reranked by the query itself.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="count">How many other wordings: from 1 to 10.</param>
    /// <param name="chatClient">Words the queries; null takes the registered one.</param>
    /// <param name="configure">Sets the options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above 10.</exception>
    public static PassageRetrieverBuilder UseMultiQuery(
        this PassageRetrieverBuilder builder, int count = 3, IChatClient? chatClient = null, Action<MultiQueryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        MultiQueryOptions options = new MultiQueryOptions { Count = count };
        configure?.Invoke(options);
        return builder.Use((inner, services) => new QueryStageRetriever(inner, QueryStages.MultiQuery(options, chatClient, services)));
    }

    /// <summary>Words each query in other ways, which find candidates too; candidates are scored and reranked by the query itself.</summary>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="count">How many other wordings: from 1 to 10.</param>
    /// <param name="chatClient">Words the queries; null takes the registered one.</param>
    /// <param name="configure">Sets the options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above 10.</exception>
    public static PassageRetrieverBuilder<TRecord> UseMultiQuery<TRecord>(
        this PassageRetrieverBuilder<TRecord> builder, int count = 3, IChatClient? chatClient = null, Action<MultiQueryOptions>? configure = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        MultiQueryOptions options = new MultiQueryOptions { Count = count };
        configure?.Invoke(options);
        return builder.Use((inner, services) => new QueryStageRetriever<TRecord>(inner, QueryStages.MultiQuery(options, chatClient, services)));
    }

    /// <summary>Has a text written that would answer the query, towards which the vector search is drawn (HyDE).</summary>
    /// <remarks>Gao, Ma, Lin and Callan, "Precise Zero-Shot Dense Retrieval without Relevance Labels", 2022. Words and rerankers go by the query alone.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClient">Writes; null takes the registered one.</param>
    /// <param name="configure">Sets the options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder UseHypotheticalDocument(
        this PassageRetrieverBuilder builder, IChatClient? chatClient = null, Action<HypotheticalDocumentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        HypotheticalDocumentOptions options = new HypotheticalDocumentOptions();
        configure?.Invoke(options);
        return builder.Use((inner, services) => new QueryStageRetriever(inner, QueryStages.HypotheticalDocument(options, chatClient, services)));
    }

    /// <summary>Has a text written that would answer the query, towards which the vector search is drawn (HyDE).</summary>
    /// <remarks>Gao, Ma, Lin and Callan, "Precise Zero-Shot Dense Retrieval without Relevance Labels", 2022. Words and rerankers go by the query alone.</remarks>
    /// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="chatClient">Writes; null takes the registered one.</param>
    /// <param name="configure">Sets the options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static PassageRetrieverBuilder<TRecord> UseHypotheticalDocument<TRecord>(
        this PassageRetrieverBuilder<TRecord> builder, IChatClient? chatClient = null, Action<HypotheticalDocumentOptions>? configure = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        HypotheticalDocumentOptions options = new HypotheticalDocumentOptions();
        configure?.Invoke(options);
        return builder.Use((inner, services) => new QueryStageRetriever<TRecord>(inner, QueryStages.HypotheticalDocument(options, chatClient, services)));
    }
}
