using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>What indexing does with a collection of passages, whatever its keys are.</summary>
/// <remarks>
/// The passages of a source are reached by their keys alone, which follow from source and ordinal, so that the store need not filter. Safe for
/// concurrent use, as the collection is.
/// </remarks>
internal abstract class PassageCollection
{
    /// <summary>The collection's name.</summary>
    public abstract string Name { get; }

    /// <summary>Which encoder filled it, where it remembers that.</summary>
    public ICollectionEncoders? Encoders => GetService(typeof(ICollectionEncoders)) as ICollectionEncoders;

    /// <summary>Replaces all of its records at once, where it can.</summary>
    public IRebuildableCollection<Passage>? Rebuildable => GetService(typeof(IRebuildableCollection<Passage>)) as IRebuildableCollection<Passage>;

    /// <summary>Whether a passage has room for the vectors of its tokens, in a store that compares such.</summary>
    public abstract bool HasTokens { get; }

    /// <summary>The collection as indexing sees it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/> is null.</exception>
    /// <exception cref="ArgumentException">Its keys are of another type than text and UUID.</exception>
    public static PassageCollection Of<TKey>([NotNull] VectorStoreCollection<TKey, Passage>? collection)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        return collection switch
        {
            VectorStoreCollection<string, Passage> text => new PassageCollection<string>(text, PassageKey.ForSource),
            VectorStoreCollection<Guid, Passage> uuid => new PassageCollection<Guid>(uuid, PassageKey.UuidForSource),
            _ => throw new ArgumentException(PassageKey.OtherTypeMessage<TKey>(), nameof(collection)),
        };
    }

    /// <summary>Whether the store has the collection.</summary>
    public abstract Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Creates the collection where the store does not have it.</summary>
    public abstract Task EnsureExistsAsync(CancellationToken cancellationToken);

    /// <summary>Loads the passages of a source, by ordinal, without their vectors.</summary>
    /// <param name="source">The source.</param>
    /// <param name="expected">How many there may be: that many are asked for at once, and some more.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    public abstract Task<List<Passage>> LoadAsync(string source, int expected, CancellationToken cancellationToken);

    /// <summary>Loads passages as they are stored now, with their vectors: those that are there, and none where the store gives no vectors back.</summary>
    public abstract Task<List<Passage>> LoadVectorsAsync(IReadOnlyCollection<Passage> passages, CancellationToken cancellationToken);

    /// <summary>A passage as it is stored, with its vector; null where it is not there, or the store gives no vectors back.</summary>
    public abstract Task<Passage?> LoadOneAsync(Passage passage, CancellationToken cancellationToken);

    /// <summary>Any passage, without its vector; null where there is none, or the store cannot look for it.</summary>
    public abstract Task<Passage?> FindAnyAsync(CancellationToken cancellationToken);

    /// <summary>Whether what is stored can be read: its vectors have the dimensions that the definition says.</summary>
    public async Task<bool> IsReadableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FindAnyAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>All passages, without their vectors.</summary>
    /// <exception cref="NotSupportedException">The store cannot list them.</exception>
    public abstract Task<List<Passage>> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>Those of some sources that have a passage.</summary>
    public abstract Task<IReadOnlySet<string>> FindSourcesAsync(IReadOnlyCollection<string> sources, CancellationToken cancellationToken);

    /// <summary>The sources of a scope, as the passages say; empty where the store cannot look for them.</summary>
    public abstract Task<IReadOnlySet<string>> FindScopeAsync(string scope, CancellationToken cancellationToken);

    /// <summary>The collection of that name in a store, with keys of the same type.</summary>
    public abstract ISlotStore CreateSlots(VectorStore store, string name, string scope);

    /// <summary>Writes passages under the keys that follow from their source and ordinal.</summary>
    /// <remarks>In one request where the store applies that as a whole; in several otherwise, in the given order.</remarks>
    public abstract Task UpsertAsync(IReadOnlyList<Passage> passages, CancellationToken cancellationToken);

    /// <summary>Deletes passages, in the given order.</summary>
    public abstract Task DeleteAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken);

    /// <summary>Deletes those of a source's passages whose ordinal is <paramref name="ordinal"/> or more, the last first.</summary>
    /// <remarks>From the last: if it ends halfway, what is left has no gap, so that the next run finds it.</remarks>
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteFromAsync(List<Passage> passages, int ordinal, CancellationToken cancellationToken)
    {
        Passage[] surplus = [.. passages.Where(passage => passage.Ordinal >= ordinal).OrderByDescending(passage => passage.Ordinal)];
        await DeleteAsync(surplus, cancellationToken).ConfigureAwait(false);
        return surplus.Length;
    }

    /// <summary>Something that the collection offers besides; null where it does not.</summary>
    public abstract object? GetService(Type serviceType);
}
