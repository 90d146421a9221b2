namespace LocalRetrieval.Rag;

/// <summary>The stages of a retriever over its collections.</summary>
internal sealed record StagePlan<TRecord>
    where TRecord : class
{
    public required IReadOnlyList<GeneratorStage<TRecord>> Generators { get; init; }

    /// <summary>In the order in which they run.</summary>
    public required IReadOnlyList<ICandidateReranker<TRecord>> Rerankers { get; init; }

    public required IReadOnlyList<ICandidateSelector<TRecord>> Selectors { get; init; }

    public required CandidateRecords<TRecord> Records { get; init; }

    /// <summary>Gives the token counter of the embedding generator; null where it has none.</summary>
    public required Func<ITokenCounter?> FindTokenCounter { get; init; }

    /// <summary>By the names of the collections.</summary>
    public required IReadOnlyDictionary<string, IRecordLookup<TRecord>> Lookups { get; init; }

    /// <summary>The probability that a passage answers.</summary>
    public required RelevanceScale Relevance { get; init; }

    /// <summary>The generators that are asked: all, unless one of them orders alone.</summary>
    public IEnumerable<GeneratorStage<TRecord>> GeneratorsFor(string? orderStage) =>
        Generators.Any(generator => generator.Name == orderStage) ? Generators.Where(generator => generator.Name == orderStage) : Generators;
}
