using LocalRetrieval.Rag;
using Microsoft.Extensions.VectorData;

namespace WebRag.Documents;

/// <summary>The collection that holds all passages: those of the folder, which everybody may see, and those of what visitors uploaded.</summary>
internal sealed class Library(PassageIndexer indexer, VectorStore store) : IDisposable
{
    public const string CollectionName = "passages";

    /// <summary>The scope of the folder's passages; uploaded ones have none.</summary>
    public const string Scope = "library";

    private readonly SemaphoreSlim _opening = new(1, 1);
    private VectorStoreCollection<string, Passage>? _collection;

    /// <summary>The collection, which exists.</summary>
    public async ValueTask<VectorStoreCollection<string, Passage>> OpenAsync(CancellationToken cancellationToken)
    {
        if (_collection is { } opened)
        {
            return opened;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_collection is null)
            {
                VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, CollectionName, cancellationToken);
                await collection.EnsureCollectionExistsAsync(cancellationToken);
                await ForgetUploadsAsync(collection, cancellationToken);
                _collection = collection;
            }

            return _collection;
        }
        finally
        {
            _opening.Release();
        }
    }

    public void Dispose() => _opening.Dispose();

    /// <summary>An index on disk may have files of visitors whose sessions ended with the process.</summary>
    private static async Task ForgetUploadsAsync(VectorStoreCollection<string, Passage> collection, CancellationToken cancellationToken)
    {
        string[] keys = await collection.GetAsync(passage => passage.Scope != Scope, int.MaxValue, cancellationToken: cancellationToken).Select(passage => passage.Key).ToArrayAsync(cancellationToken);
        await collection.DeleteAsync(keys, cancellationToken);
    }
}
