using System.Collections;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Documents in the order of a reranker, best first.</summary>
/// <remarks>Safe for concurrent reading.</remarks>
public sealed class RerankingResult : IReadOnlyList<RerankedDocument>
{
    private readonly IReadOnlyList<RerankedDocument> _documents;

    /// <summary>Holds <paramref name="documents"/>, which are in order already.</summary>
    /// <param name="documents">The documents, best first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="documents"/> is null.</exception>
    public RerankingResult(IReadOnlyList<RerankedDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        _documents = documents;
    }

    /// <summary>The model that gave the scores, or null where it is not known.</summary>
    public string? ModelId { get; init; }

    /// <summary>The tokens that the model read, over all pairs; null where they were not counted.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Further values of the reranker's own.</summary>
    public AdditionalPropertiesDictionary? AdditionalProperties { get; init; }

    /// <inheritdoc />
    public int Count => _documents.Count;

    /// <inheritdoc />
    public RerankedDocument this[int index] => _documents[index];

    /// <inheritdoc />
    public IEnumerator<RerankedDocument> GetEnumerator() => _documents.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
