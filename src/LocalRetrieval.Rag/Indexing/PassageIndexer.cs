using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LocalRetrieval.DependencyInjection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>Reads, chunks and embeds documents and keeps a collection of <see cref="Passage"/> in step with them.</summary>
/// <remarks>
/// <para>Indexing a source again embeds what is new, keeps the vectors of text that did not change, and deletes what is no longer
/// there. A document that fails is reported and the others are indexed; an encoder that refuses passages since too much waits for it
/// (<see cref="EncoderOverloadedException"/>) is no failure: it is asked again until it takes them. All of a document is embedded before any of it is
/// written, and old passages are deleted after the new ones are written.</para>
/// <para>A document is written by one upsert. A store that applies a batch as a whole, as <c>LocalVectorStore</c> does, therefore
/// keeps all of the old passages where writing fails. One that does not may be left with old and new ones side by side; indexing the
/// document again makes that good.</para>
/// <para>An encoder is known by the fingerprint of its <see cref="EncoderInfo"/>, or else by provider, model id and dimensions. Passages hold it in
/// their <see cref="Passage.ContentHash"/>, and a collection that gives <see cref="ICollectionEncoders"/> remembers it. A collection that another
/// encoder filled is refused before anything is embedded; with <see cref="EncoderChange.Rebuild"/> all of its passages, of whatever document,
/// are embedded anew from their texts first. The same holds for the vectors of their tokens (<see cref="PassageIndexerOptions.TokenGenerator"/>), of which the
/// collection alone remembers whose they are. Where a collection is an <see cref="IRebuildableCollection{TRecord}"/>, as those of
/// <c>LocalVectorStore</c> are, it replaces them all at once, be it by vectors of other dimensions, and stays whole and searchable with the old
/// encoder until then, also where that fails or is cancelled; one on disk keeps what was embedded even if the process ends, and the next run embeds
/// the rest. Any other is written when all is embedded; if writing fails, the next run
/// embeds what is left, and vectors of other dimensions are refused.</para>
/// <para>Safe for concurrent use, as long as no two runs index the same source of one collection.</para>
/// </remarks>
public sealed partial class PassageIndexer
{
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly GeneratorEncoder _encoder;
    private readonly PassageTokens _tokens;
    private readonly PassageChunker _chunker;
    private readonly PassageEmbedder _embedder;
    private readonly EncoderChange _encoderChange;
    private readonly ITokenCounter _counter;
    private readonly ChunkingOptions _chunking;
    private readonly DocumentReaders _readers;
    private readonly DocumentReadingOptions _reading;

    /// <summary>An indexer that embeds with <paramref name="generator"/>, which stays the caller's to dispose.</summary>
    /// <param name="generator">Embeds the passages, and counts their tokens unless the options do.</param>
    /// <param name="options">How to chunk and batch; null means the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    /// <exception cref="ArgumentException">Neither the generator nor the options count tokens.</exception>
    public PassageIndexer(IEmbeddingGenerator<string, Embedding<float>> generator, PassageIndexerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        options ??= new PassageIndexerOptions();
        ITokenCounter counter = options.TokenCounter ?? generator.GetService<ITokenCounter>() ?? throw new ArgumentException(
            $"{TypeNames.Of(generator.GetType())} offers no {nameof(ITokenCounter)}, so chunks cannot be cut to its tokens. "
                + $"Set {nameof(PassageIndexerOptions)}.{nameof(PassageIndexerOptions.TokenCounter)}.",
            nameof(generator));
        _generator = generator;
        _encoder = new GeneratorEncoder(generator);
        _chunker = new PassageChunker(counter, options.Chunking);
        _tokens = new PassageTokens(options.TokenGenerator);
        _embedder = new PassageEmbedder(generator, _tokens.Generator, options.BatchSize, options.TimeProvider);
        _encoderChange = options.EncoderChange;
        _readers = options.Readers ?? DocumentReaders.Default;
        _reading = new DocumentReadingOptions(options.Reading);
        _counter = counter;
        _chunking = new ChunkingOptions(options.Chunking);
    }

    /// <summary>The collection of that name, with text keys and a definition that fits the generator's vectors. It is not created yet.</summary>
    /// <param name="store">The store; one that takes no text as keys has collections by <see cref="GetCollectionAsync{TKey}(VectorStore, string, PassageDefinitionOptions?, CancellationToken)"/>.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty or white space.</exception>
    public Task<VectorStoreCollection<string, Passage>> GetCollectionAsync(VectorStore store, string name, CancellationToken cancellationToken = default) =>
        GetCollectionAsync<string>(store, name, options: null, cancellationToken);

    /// <summary>The collection of that name, with keys of a type and a definition that fits the generator's vectors. It is not created yet.</summary>
    /// <typeparam name="TKey"><see cref="string"/>, or <see cref="Guid"/> for stores whose keys are UUIDs; see <see cref="PassageKey"/>.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="options">What the store knows; null means the defaults.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null, empty or white space; or the options have <see cref="PassageDefinitionOptions.TokenVectors"/>, and neither they nor the indexer have vectors of tokens.
    /// </exception>
    /// <exception cref="NotSupportedException">The keys are of another type.</exception>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties, typeof(Passage))]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Stores map a passage by its constructor and properties, which stay.")]
    public async Task<VectorStoreCollection<TKey, Passage>> GetCollectionAsync<TKey>(
        VectorStore store, string name, PassageDefinitionOptions? options = null, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        options = await _tokens.WithRoomAsync(options, cancellationToken).ConfigureAwait(false);
        VectorStoreCollection<TKey, Passage> collection =
            store.GetCollection<TKey, Passage>(name, await Passage.CreateDefinitionAsync<TKey>(_generator, options, cancellationToken).ConfigureAwait(false));
        CollectionStores.Remember(collection, store);
        return collection;
    }

    /// <summary>Brings the passages of <paramref name="documents"/> in <paramref name="collection"/> up to date; other sources stay as they are.</summary>
    /// <typeparam name="TKey">The type of its keys: <see cref="string"/> or <see cref="Guid"/>.</typeparam>
    /// <param name="collection">The collection; it is created if it does not exist.</param>
    /// <param name="documents">The documents, enumerated once; no two may have the same source.</param>
    /// <param name="progress">Told of every document when it is done, and before, where all is embedded anew, after each batch; see <see cref="IndexingProgress.Rebuilt"/>.</param>
    /// <param name="cancellationToken">Ends the run early; documents that are done stay indexed. A rebuild that was cancelled leaves the old vectors, and on disk goes on with the next run.</param>
    /// <returns>
    /// What was done, and the documents that failed; one that is null fails too, under the source <c>documents[index]</c>, and one whose source a
    /// scope of <see cref="SyncAsync{TKey}(VectorStoreCollection{TKey, Passage}, string, string, SyncOptions?, CancellationToken)"/> owns, which is left as it is.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="collection"/> or <paramref name="documents"/> is null.</exception>
    /// <exception cref="ArgumentException">The keys are of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// There is something to embed, and another encoder filled the collection; the message names what differs. Or, where it is to be rebuilt, it
    /// was changed meanwhile, or its store cannot change the dimensions. Or it has no room for the vectors of tokens.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<IndexingResult> IndexAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection,
        IEnumerable<SourceDocument> documents,
        IProgress<IndexingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(documents);
        int? total = documents.TryGetNonEnumeratedCount(out int count) ? count : null;
        return RunAsync(PassageCollection.Of(collection), documents.ToAsyncEnumerable(), total, progress, cancellationToken);
    }

    /// <inheritdoc cref="IndexAsync{TKey}(VectorStoreCollection{TKey, Passage}, IEnumerable{SourceDocument}, IProgress{IndexingProgress}?, CancellationToken)" />
    public Task<IndexingResult> IndexAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection,
        IAsyncEnumerable<SourceDocument> documents,
        IProgress<IndexingProgress>? progress = null,
        CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(documents);
        return RunAsync(PassageCollection.Of(collection), documents, total: null, progress, cancellationToken);
    }

    /// <summary>Deletes all passages of a source.</summary>
    /// <typeparam name="TKey">The type of its keys: <see cref="string"/> or <see cref="Guid"/>.</typeparam>
    /// <param name="collection">The collection; one that does not exist has none.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="cancellationToken">Ends the request early.</param>
    /// <returns>How many passages were deleted.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> is null, empty or white space, or has a lone surrogate; or the keys are of another type.
    /// </exception>
    public static async Task<int> DeleteSourceAsync<TKey>(
        VectorStoreCollection<TKey, Passage> collection, string source, CancellationToken cancellationToken = default)
        where TKey : notnull
    {
        PassageCollection stored = PassageCollection.Of(collection);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        if (!await stored.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        List<Passage> passages = await stored.LoadAsync(source, 0, cancellationToken).ConfigureAwait(false);
        return await stored.DeleteFromAsync(passages, 0, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IndexingResult> RunAsync(
        PassageCollection collection,
        IAsyncEnumerable<SourceDocument> documents,
        int? total,
        IProgress<IndexingProgress>? progress,
        CancellationToken cancellationToken)
    {
        using Activity? activity = RagTelemetry.Default.Source.StartActivity(RagTelemetry.Index);
        (bool existed, int rebuilt) = await OpenAsync(collection, progress, cancellationToken).ConfigureAwait(false);
        IndexingRun run = new(
            CreatePreparation(collection, existed), CreateEmbedding(collection, existed), new DocumentWriter(collection, _encoder, _tokens.Encoder), _embedder.BatchSize, total, progress);
        IndexingResult result = await run.RunAsync(documents, cancellationToken).ConfigureAwait(false);
        return result with { Rebuilt = rebuilt };
    }

    private async Task<(bool Existed, int Rebuilt)> OpenAsync(PassageCollection collection, IProgress<IndexingProgress>? progress, CancellationToken cancellationToken)
    {
        _tokens.ThrowIfNoRoom(collection);
        bool existed = await collection.ExistsAsync(cancellationToken).ConfigureAwait(false);

        // Before the collection is asked to exist: its vectors may have other dimensions.
        int rebuilt = existed && _encoderChange == EncoderChange.Rebuild
            ? await RebuildAsync(collection, progress, cancellationToken).ConfigureAwait(false)
            : 0;
        await collection.EnsureExistsAsync(cancellationToken).ConfigureAwait(false);
        return (existed, rebuilt);
    }

    private async Task<int> RebuildAsync(PassageCollection collection, IProgress<IndexingProgress>? progress, CancellationToken cancellationToken)
    {
        CollectionRebuild vectors = new(collection, _embedder, _encoder, progress);
        if (_tokens.Encoder is not { } encoder)
        {
            return await vectors.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        // Tokens first: the store would give up what an unfinished rebuild of theirs left, were it asked for the other one before. But where dimensions have
        // changed, the passages' own vectors must be made before the collection says whose it has.
        TokenRebuild tokens = new(collection, _embedder, encoder, progress);
        bool isReadable = await collection.IsReadableAsync(cancellationToken).ConfigureAwait(false);
        int before = isReadable ? await tokens.RunAsync(cancellationToken).ConfigureAwait(false) : 0;
        int rebuilt = await vectors.RunAsync(cancellationToken).ConfigureAwait(false);
        int after = isReadable ? 0 : await tokens.RunAsync(cancellationToken).ConfigureAwait(false);
        return Math.Max(rebuilt, before + after);
    }

    private DocumentPreparation CreatePreparation(PassageCollection collection, bool existed) =>
        new(_encoder, _chunker, _readers, _reading, collection, existed);

    private DocumentEmbedding CreateEmbedding(PassageCollection collection, bool existed) =>
        new(_embedder, new EncoderGuard(collection, _encoder, existed, _tokens.Encoder));
}
