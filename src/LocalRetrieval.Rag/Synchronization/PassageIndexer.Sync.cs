using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <content>Makes a scope of a collection what a folder is.</content>
public sealed partial class PassageIndexer
{
    private const int EventsAhead = 64;

    /// <summary>Makes a scope of <paramref name="collection"/> what <paramref name="folder"/> is: adds, updates, moves and deletes the passages of its sources.</summary>
    /// <typeparam name="TKey">The type of its keys: <see cref="string"/> or <see cref="Guid"/>.</typeparam>
    /// <param name="collection">The collection; it is created if it does not exist.</param>
    /// <param name="folder">The folder, which must exist.</param>
    /// <param name="scope">A name that owns the sources which it wrote. Sources of other scopes, and of <see cref="IndexAsync{TKey}(VectorStoreCollection{TKey, Passage}, IEnumerable{SourceDocument}, IProgress{IndexingProgress}?, CancellationToken)"/>, are left alone.</param>
    /// <param name="options">How; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the run early. What is done stays done, and the next run makes good the rest, as it does after a process that was killed.</param>
    /// <returns>What became of each source.</returns>
    /// <remarks>
    /// <para>A source is named by its path from the folder. What is known of it stands in a second collection of the same store, the manifest: a
    /// file whose length and time are the same is not read, one whose bytes are the same is not cut, and passages that the collection has are
    /// not embedded. If the manifest is lost, all is read again, and nothing embedded that is there.</para>
    /// <para>Synchronisations of one scope and one store run one after the other, within a process.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">An argument is null, empty or white space, or the keys are of another type.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The folder is empty and the scope is not, unless <see cref="SyncOptions.MaxVanishedShare"/> is 1.</exception>
    /// <exception cref="InvalidOperationException">It is not known which store the collection is of; or another encoder filled it, see <see cref="PassageIndexerOptions.EncoderChange"/>; or it has no room for the vectors of tokens.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<SyncResult> SyncAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection, string folder, string scope, SyncOptions? options = null, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        return await SyncAsync(collection, folder, scope, options, count: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does what the other does, and counts what is done.</summary>
    internal async Task<SyncResult> SyncAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection, string folder, string scope, SyncOptions? options, SyncCount? count, CancellationToken cancellationToken)
        where TKey : notnull
    {
        List<SyncEntry> entries = [];
        int rebuilt = await SyncAsync(collection, folder, scope, options, count, Add, cancellationToken).ConfigureAwait(false);
        return SyncResult.Of(entries, rebuilt);

        ValueTask Add(SyncEntry entry, CancellationToken token)
        {
            entries.Add(entry);
            count?.Add(entry);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Does what <see cref="SyncAsync"/> does, and tells of each source when it is done.</summary>
    /// <remarks>It begins when it is enumerated. Who stops enumerating ends the run.</remarks>
    /// <inheritdoc cref="SyncAsync{TKey}(VectorStoreCollection{TKey, Passage}, string, string, SyncOptions?, CancellationToken)" />
    public async IAsyncEnumerable<SyncEntry> SyncEventsAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection,
        string folder,
        string scope,
        SyncOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<SyncEntry> entries = Channel.CreateBounded<SyncEntry>(new BoundedChannelOptions(EventsAhead) { SingleReader = true });
        Task run = Task.Run(() => WriteAsync(end.Token), CancellationToken.None);
        try
        {
            await foreach (SyncEntry entry in entries.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return entry;
            }

            await run.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WriteAsync(CancellationToken token)
        {
            try
            {
                await SyncAsync(collection, folder, scope, options, count: null, entries.Writer.WriteAsync, token).ConfigureAwait(false);
            }
            finally
            {
                entries.Writer.Complete();
            }
        }
    }

    private async Task<int> SyncAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection,
        string folder,
        string scope,
        SyncOptions? options,
        SyncCount? count,
        Func<SyncEntry, CancellationToken, ValueTask> tell,
        CancellationToken cancellationToken)
        where TKey : notnull
    {
        PassageCollection passages = PassageCollection.Of(collection);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        SyncOptions copy = new(options ?? new SyncOptions());
        VectorStore store = CollectionStores.Of(collection, copy);
        return await SyncAsync(passages, store, List, scope, copy, tell, cancellationToken).ConfigureAwait(false);

        FolderListing List()
        {
            FolderListing listing = FolderReader.Read(folder, copy, cancellationToken);
            count?.Begin(listing);
            return listing;
        }
    }

    /// <summary>Makes a scope what a listing is, which is made when no other synchronisation of the scope runs.</summary>
    /// <returns>How many passages were embedded anew before.</returns>
    internal async Task<int> SyncAsync(
        PassageCollection passages,
        VectorStore store,
        Func<FolderListing> list,
        string scope,
        SyncOptions options,
        Func<SyncEntry, CancellationToken, ValueTask> tell,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        LoneSurrogates.ThrowIfInName(scope);
        string name = options.ManifestName ?? $"{passages.Name}-sources";
        using IDisposable turn = await ScopeLocks.EnterAsync(store, name, scope, cancellationToken).ConfigureAwait(false);
        using Activity? activity = RagTelemetry.Default.Source.StartActivity(RagTelemetry.Sync);
        FolderListing listing = await Task.Run(list, cancellationToken).ConfigureAwait(false);
        activity?.SetTag(RagTelemetry.SyncScope, scope);
        activity?.SetTag(RagTelemetry.SyncFiles, listing.Files.Count);
        (bool existed, int rebuilt) = await OpenAsync(passages, progress: null, cancellationToken).ConfigureAwait(false);
        string encoder = await _encoder.IdentityAsync(cancellationToken).ConfigureAwait(false);
        string settings = await Task.Run(() => SettingsHash.Compute(_chunking, _counter, _reading, _readers.Formats), cancellationToken).ConfigureAwait(false);
        SourceManifest manifest = new(passages.CreateSlots(store, name, scope), scope);
        SyncRun run = new(passages, manifest, listing, options, scope, existed)
        {
            Preparation = CreatePreparation(passages, existed),
            Embedding = CreateEmbedding(passages, existed),
            Writer = new DocumentWriter(passages, _encoder, _tokens.Encoder),
            Difference = new SourceDifference(_readers.Formats, settings, encoder),
            BatchSize = _embedder.BatchSize,
        };
        await run.RunAsync(tell, cancellationToken).ConfigureAwait(false);
        return rebuilt;
    }
}
