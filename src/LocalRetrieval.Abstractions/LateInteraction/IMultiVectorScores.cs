namespace LocalRetrieval;

/// <summary>Compares a query with the vectors that records are stored with, by late interaction: no text is read, and no model runs.</summary>
/// <typeparam name="TKey">The type of the records' keys.</typeparam>
/// <remarks>A collection that has such vectors gives it by <c>GetService</c>. All members are safe for concurrent use.</remarks>
public interface IMultiVectorScores<TKey>
    where TKey : notnull
{
    /// <summary>The sum, over a query's vectors, of the largest dot product with one of a record's, for each of some records.</summary>
    /// <param name="query">The query: <c>[vector, dimension]</c>, with as many dimensions as the property has.</param>
    /// <param name="keys">The records' keys.</param>
    /// <param name="vectorProperty">The property's name; null where one property alone holds several vectors a record.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>A score for each key, in their order, higher is better; 0 for a value of no vectors; null where there is no such record, or its property is null.</returns>
    /// <remarks>Stores throw errors of their own where the collection does not exist.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> or <paramref name="keys"/> is null.</exception>
    /// <exception cref="ArgumentException">The query's vectors cannot be compared with the property's.</exception>
    /// <exception cref="InvalidOperationException">There is no such property, or it does not hold several vectors a record.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<IReadOnlyList<double?>> ScoreAsync(
        MultiVectorEmbedding query, IReadOnlyList<TKey> keys, string? vectorProperty = null, CancellationToken cancellationToken = default);
}
