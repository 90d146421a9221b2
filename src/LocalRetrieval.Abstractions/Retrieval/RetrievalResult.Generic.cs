using System.Text.Json.Serialization;

namespace LocalRetrieval;

/// <summary>What one retrieval found, with the records.</summary>
/// <typeparam name="TRecord">The records' type.</typeparam>
/// <remarks>Safe for concurrent reading.</remarks>
public sealed record RetrievalResult<TRecord> : RetrievalResult
    where TRecord : class
{
    /// <summary>Holds <paramref name="passages"/>, which are in order already.</summary>
    /// <param name="query">The query.</param>
    /// <param name="passages">The passages, best first.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public RetrievalResult(string query, IReadOnlyList<RetrievedPassage<TRecord>> passages)
        : base(query, passages) => Passages = passages;

    /// <summary>The passages, best first.</summary>
    [JsonPropertyOrder(-2)]
    public new IReadOnlyList<RetrievedPassage<TRecord>> Passages { get; }
}
