namespace Microsoft.Extensions.VectorData;

/// <summary>Finds records by vector.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public interface IVectorSearchable<TRecord>
    where TRecord : class
{
    /// <summary>Finds the records nearest to a value.</summary>
    /// <typeparam name="TInput">The value's type.</typeparam>
    /// <param name="searchValue">A vector, or a value that the property's generator turns into one.</param>
    /// <param name="top">How many records to return at most.</param>
    /// <param name="options">Options of this search, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <returns>The records with their scores, nearest first.</returns>
    IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<TRecord>? options = default,
        CancellationToken cancellationToken = default)
        where TInput : notnull;

    /// <summary>Finds a service of type <paramref name="serviceType"/>: this object, or a part of it.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">A key that tells services of one type apart, or null.</param>
    /// <returns>The service, or null where there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is null.</exception>
    object? GetService(Type serviceType, object? serviceKey = null);
}
