using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Chooses the stages for a collection by what it can do.</summary>
internal sealed partial class StagePlanner<TKey, TRecord>(
    PassageRetrieverOptions<TRecord> options, GeneratorEncoder encoder, ITextReranker? reranker, ILogger logger)
    where TKey : notnull
    where TRecord : class
{
    /// <exception cref="InvalidOperationException">Words are to be searched, and a collection cannot, or the record has no property for it; or a generator is of no collection.</exception>
    public StagePlan<TRecord> Create(IReadOnlyList<VectorStoreCollection<TKey, TRecord>> collections)
    {
        RecordLayout layout = RecordLayout.Of(options, typeof(TRecord) == typeof(Passage) ? Passage.CreateDefinition<TKey>(dimensions: 1) : null);
        string? only = collections is [var single] ? single.Name : null;
        ICandidateGenerator<TRecord>[] generators = [.. SearchesOf(collections, layout), .. options.Generators];
        if (only is null && Array.Find(generators, generator => collections.All(collection => collection.Name != generator.Collection)) is { } stray)
        {
            throw OfNoCollection(stray, collections);
        }

        GeneratorStage<TRecord>[] stages = [.. generators.GroupBy(generator => generator.Name).Select(stage => new GeneratorStage<TRecord>(stage.Key, [.. stage], only))];
        ICandidateReranker<TRecord>[] rerankers =
            [.. options.Rerankers, .. reranker is null ? (ICandidateReranker<TRecord>[])[] : [new TextRerankerStage<TRecord>(reranker, RetrievalStage.Reranker, count: null, options.RerankingBudget)]];
        Dictionary<string, ICollectionRecords<TRecord>> records = collections.ToDictionary(
            collection => collection.Name, ICollectionRecords<TRecord> (collection) => new CollectionRecords<TKey, TRecord>(collection, layout, logger));
        ThrowIfUnknown([.. stages.Select(stage => stage.Name), .. rerankers.Select(stage => stage.Name)]);
        return new StagePlan<TRecord>
        {
            Generators = stages,
            Rerankers = rerankers,
            Selectors = [.. options.Selectors],
            Relevance = new RelevanceScale(options.RelevanceModel, encoder, reranker, logger),
            Records = new CandidateRecords<TRecord>(records),
            FindTokenCounter = encoder.FindTokenCounter,
            Lookups = collections.ToDictionary(collection => collection.Name, IRecordLookup<TRecord> (collection) => new RecordLookup<TKey, TRecord>(records[collection.Name])),
        };
    }

    /// <summary>The same searches of each collection: what one of them cannot do is done with none, or its passages would count as the worst.</summary>
    private IEnumerable<ICandidateGenerator<TRecord>> SearchesOf(IReadOnlyList<VectorStoreCollection<TKey, TRecord>> collections, RecordLayout layout)
    {
        string names = NamesOf(collections);
        IEnumerable<ICandidateGenerator<TRecord>> vectors = collections.Select(collection => new VectorGenerator<TKey, TRecord>(collection, encoder, options, layout));
        if (options.UseKeywords == false)
        {
            return vectors;
        }

        if (FindAll<IKeywordSearchable<TRecord>>(collections) is { } keywords)
        {
            return layout.HasFullText != false
                ? [.. vectors, .. keywords.Select(found => new KeywordGenerator<TKey, TRecord>(found.Name, found.Service, layout))]
                : throw NoFullText(collections[0]);
        }

        if (layout.HasFullText != false && FindAll<IKeywordHybridSearchable<TRecord>>(collections) is { } hybrids)
        {
            LogHybrid(names);
            return hybrids.Select(found => new HybridGenerator<TRecord>(found.Name, found.Service, options, layout));
        }

        if (options.UseKeywords == true)
        {
            throw NoKeywords(names);
        }

        LogVectorsAlone(names);
        return vectors;
    }

    /// <exception cref="InvalidOperationException">The options name a stage that there is not.</exception>
    private void ThrowIfUnknown(string[] stages)
    {
        if (options.OrderStage is { } order && !stages.Contains(order))
        {
            throw new InvalidOperationException($"{nameof(options.OrderStage)} is '{order}', and the stages are {string.Join(", ", stages)}. Name one of them.");
        }

        // What a collection may lack is weighed for those that have it.
        string? weighed = options.Weights.Keys.Except(stages).Except([RetrievalStage.Vector, RetrievalStage.Keyword, RetrievalStage.Hybrid, RetrievalStage.Reranker]).FirstOrDefault();
        if (weighed is not null)
        {
            throw new InvalidOperationException($"{nameof(options.Weights)} has '{weighed}', and the stages are {string.Join(", ", stages)}. Name one of them.");
        }
    }

    /// <summary>What each of the collections offers; null where one does not.</summary>
    private static List<(string Name, T Service)>? FindAll<T>(IReadOnlyList<VectorStoreCollection<TKey, TRecord>> collections)
        where T : class
    {
        List<(string Name, T Service)> found = [];
        foreach (VectorStoreCollection<TKey, TRecord> collection in collections)
        {
            if ((collection as T ?? collection.GetService(typeof(T)) as T) is not { } service)
            {
                return null;
            }

            found.Add((collection.Name, service));
        }

        return found;
    }

    private static string NamesOf(IReadOnlyList<VectorStoreCollection<TKey, TRecord>> collections) => string.Join("', '", collections.Select(collection => collection.Name));

    private static InvalidOperationException OfNoCollection(ICandidateGenerator<TRecord> generator, IReadOnlyList<VectorStoreCollection<TKey, TRecord>> collections) => new(
        $"The generator '{generator.Name}' is of the collection '{generator.Collection}', and the retriever searches '{NamesOf(collections)}'. "
            + $"Over several collections, give {nameof(generator.Collection)} the name of one of them, and add a generator for each.");

    private static InvalidOperationException NoFullText(VectorStoreCollection<TKey, TRecord> collection) => new(
        $"The words of a {DependencyInjection.TypeNames.Of(typeof(TRecord))} in '{collection.Name}' are not indexed. Mark the property that holds its text with "
            + "[VectorStoreData(IsFullTextIndexed = true)], or in its definition, and index the records anew; "
            + $"or set {nameof(PassageRetrieverOptions<>)}.{nameof(options.UseKeywords)} = false to search by vectors alone.");

    private static InvalidOperationException NoKeywords(string names) => new(
        $"The collection '{names}' searches neither by words nor by both words and vectors, which {nameof(PassageRetrieverOptions<>)}.{nameof(options.UseKeywords)} asks for. "
            + "Take a store that does, or leave it null.");

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection '{Collection}' is searched by its own hybrid search, of which the rank counts.")]
    private partial void LogHybrid(string collection);

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection '{Collection}' does not search by words: its candidates are found by vectors alone.")]
    private partial void LogVectorsAlone(string collection);
}
