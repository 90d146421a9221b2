using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>The passages of one source in a collection, reached by their keys alone, so that the store need not filter.</summary>
internal static class SourcePassages
{
    private const int MaxKeysPerRequest = 512;

    /// <summary>How many ordinals without a passage mean that there are no more.</summary>
    private const int Lookahead = 16;

    /// <summary>Loads the passages of a source, by ordinal.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="source">The source.</param>
    /// <param name="expected">How many there may be: that many are asked for at once, and some more.</param>
    /// <param name="includeVectors">Whether their vectors are needed.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    public static async Task<List<Passage>> LoadAsync(
        VectorStoreCollection<string, Passage> collection, string source, int expected, bool includeVectors, CancellationToken cancellationToken)
    {
        string prefix = PassageKey.Prefix(source);
        RecordRetrievalOptions options = new() { IncludeVectors = includeVectors };
        List<Passage> passages = [];
        int next = 0;
        int last = -1;
        for (int wanted = expected + Lookahead; next <= last + Lookahead; wanted = next + Lookahead)
        {
            int count = Math.Min(wanted, MaxKeysPerRequest);
            string[] keys = [.. Enumerable.Range(next, count).Select(ordinal => PassageKey.Format(prefix, ordinal))];
            await foreach (Passage passage in collection.GetAsync(keys, options, cancellationToken).ConfigureAwait(false))
            {
                passages.Add(passage);
                last = Math.Max(last, passage.Ordinal);
            }

            next += count;
        }

        passages.Sort((left, right) => left.Ordinal.CompareTo(right.Ordinal));
        return passages;
    }

    /// <summary>Any passage, without its vector; null where there is none, or the store cannot look for it.</summary>
    public static async Task<Passage?> FindAnyAsync(VectorStoreCollection<string, Passage> collection, CancellationToken cancellationToken)
    {
        try
        {
            // Every passage has a source, which stores can filter by.
            return await collection.GetAsync(passage => passage.Source != "", top: 1, cancellationToken: cancellationToken).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Deletes those of <paramref name="passages"/> whose ordinal is <paramref name="ordinal"/> or more, the last first.</summary>
    /// <remarks>From the last: if it ends halfway, what is left has no gap, so that the next run finds it.</remarks>
    /// <returns>How many were deleted.</returns>
    public static async Task<int> DeleteFromAsync(
        VectorStoreCollection<string, Passage> collection, List<Passage> passages, int ordinal, CancellationToken cancellationToken)
    {
        string[] keys = [.. passages.Where(passage => passage.Ordinal >= ordinal).Reverse().Select(passage => passage.Key)];
        foreach (string[] batch in keys.Chunk(MaxKeysPerRequest))
        {
            await collection.DeleteAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        return keys.Length;
    }
}
