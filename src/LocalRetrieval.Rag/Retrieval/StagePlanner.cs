using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Chooses the stages for a collection by what it can do.</summary>
internal sealed partial class StagePlanner<TKey, TRecord>(
    PassageRetrieverOptions<TRecord> options, GeneratorEncoder encoder, ITextReranker? reranker, ILogger logger)
    where TKey : notnull
    where TRecord : class
{
    /// <exception cref="InvalidOperationException">Words are to be searched, and the collection cannot, or the record has no property for it.</exception>
    public StagePlan<TRecord> Create(VectorStoreCollection<TKey, TRecord> collection)
    {
        RecordLayout layout = RecordLayout.Of(options, typeof(TRecord) == typeof(Passage) ? Passage.CreateDefinition<TKey>(dimensions: 1) : null);
        return new StagePlan<TRecord>
        {
            Generators = [.. SearchesOf(collection, layout), .. options.Generators],
            Rerankers = [.. options.Rerankers, .. reranker is null ? (ICandidateReranker<TRecord>[])[] : [new TextRerankerStage<TRecord>(reranker, RetrievalStage.Reranker, count: null, options.RerankingBudget)]],
            Selectors = [.. options.Selectors],
            Relevance = new RelevanceScale(options.RelevanceModel, encoder, reranker),
            Records = new CollectionRecords<TKey, TRecord>(collection, layout, logger),
            Lookup = new RecordLookup<TKey, TRecord>(collection, layout),
        };
    }

    private ICandidateGenerator<TRecord>[] SearchesOf(VectorStoreCollection<TKey, TRecord> collection, RecordLayout layout)
    {
        VectorGenerator<TKey, TRecord> vectors = new(collection, encoder, options, layout);
        if (options.UseKeywords == false)
        {
            return [vectors];
        }

        if (Find<IKeywordSearchable<TRecord>>(collection) is { } keywords)
        {
            return layout.HasFullText != false ? [vectors, new KeywordGenerator<TKey, TRecord>(keywords, layout)] : throw NoFullText(collection);
        }

        if (layout.HasFullText != false && Find<IKeywordHybridSearchable<TRecord>>(collection) is { } hybrid)
        {
            LogHybrid(collection.Name);
            return [new HybridGenerator<TRecord>(hybrid, options)];
        }

        return options.UseKeywords == true ? throw NoKeywords(collection) : VectorsAlone(collection, vectors);
    }

    private ICandidateGenerator<TRecord>[] VectorsAlone(VectorStoreCollection<TKey, TRecord> collection, VectorGenerator<TKey, TRecord> vectors)
    {
        LogVectorsAlone(collection.Name);
        return [vectors];
    }

    private static T? Find<T>(VectorStoreCollection<TKey, TRecord> collection)
        where T : class => collection as T ?? collection.GetService(typeof(T)) as T;

    private static InvalidOperationException NoFullText(VectorStoreCollection<TKey, TRecord> collection) => new(
        $"The words of a {DependencyInjection.TypeNames.Of(typeof(TRecord))} in '{collection.Name}' are not indexed. Mark the property that holds its text with "
            + "[VectorStoreData(IsFullTextIndexed = true)], or in its definition, and index the records anew; "
            + $"or set {nameof(PassageRetrieverOptions<>)}.{nameof(options.UseKeywords)} = false to search by vectors alone.");

    private static InvalidOperationException NoKeywords(VectorStoreCollection<TKey, TRecord> collection) => new(
        $"The collection '{collection.Name}' searches neither by words nor by both words and vectors, which {nameof(PassageRetrieverOptions<>)}.{nameof(options.UseKeywords)} asks for. "
            + "Take a store that does, or leave it null.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection '{Collection}' is searched by its own hybrid search, of which the rank counts.")]
    private partial void LogHybrid(string collection);

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection '{Collection}' does not search by words: its candidates are found by vectors alone.")]
    private partial void LogVectorsAlone(string collection);
}
