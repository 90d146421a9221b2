using System.Linq.Expressions;

namespace LocalRetrieval.Rag;

/// <summary>Fetches what selection asks, for candidates of one or several collections.</summary>
/// <param name="collections">The collections by their names.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class CandidateRecords<TRecord>(IReadOnlyDictionary<string, ICollectionRecords<TRecord>> collections)
    where TRecord : class
{
    /// <summary>The vector of each candidate; an empty one where its collection does not give it.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> GetVectorsAsync(IReadOnlyList<RetrievalCandidate<TRecord>> candidates, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float>[] vectors = new ReadOnlyMemory<float>[candidates.Count];
        foreach (IGrouping<string, int> places in Enumerable.Range(0, candidates.Count).GroupBy(place => candidates[place].Collection))
        {
            TRecord[] records = [.. places.Select(place => candidates[place].Record)];
            IReadOnlyList<ReadOnlyMemory<float>> fetched = await collections[places.Key].GetVectorsAsync(records, cancellationToken).ConfigureAwait(false);
            foreach ((int place, ReadOnlyMemory<float> vector) in places.Zip(fetched))
            {
                vectors[place] = vector;
            }
        }

        return vectors;
    }

    /// <summary>The records of a collection with some keys that a filter lets through.</summary>
    public Task<IReadOnlyList<TRecord>> GetAsync(string collection, IReadOnlyCollection<object> keys, Expression<Func<TRecord, bool>>? filter, CancellationToken cancellationToken) =>
        collections[collection].GetAsync(keys, filter, cancellationToken);
}
