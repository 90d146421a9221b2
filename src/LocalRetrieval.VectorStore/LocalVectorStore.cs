using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LocalRetrieval.VectorData.Collections;
using LocalRetrieval.VectorData.Embedding;
using LocalRetrieval.VectorData.Hybrid;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>A vector store in this process, whose search is exact unless a property asks for an index.</summary>
/// <remarks>
/// <para>Without <see cref="LocalVectorStoreOptions.Path"/> the collections are in memory. With it they are kept in a folder, and are there when it is opened again: what is in a snapshot stays there and is mapped, so that a
/// collection may be larger than the memory; the rest, and full-text and sparse indexes, are in memory. Reading, writing and disposing may then fail with an <see cref="IOException"/> or an
/// <see cref="InvalidDataException"/> that names the file.</para>
/// <para>The records live in the store under their collection's name: collections got under one name see the same records, be it as
/// objects of one class or another or as dictionaries, and disposing a collection loses none. What a name stores, by storage name, kind
/// and type, stays until the collection is deleted.</para>
/// <para>Records are copied in and out: the key, the data and the vectors, and no property that is none of these. An array, a
/// <see cref="List{T}"/>, a <see cref="HashSet{T}"/> and a <see cref="Dictionary{TKey, TValue}"/> are copied with the record, and so are those
/// that they hold (in a dictionary record: those of the usual element types); any other object is kept by reference and must not change
/// afterwards.</para>
/// <para>A key is a string or a value. A vector property is a <see cref="ReadOnlyMemory{T}"/>, an array or an <see cref="Embedding{T}"/>
/// of <see cref="float"/> or <see cref="Half"/>, or something that its generator turns into a vector, such as a <see cref="string"/>, which
/// can be filtered by and is not returned; the generator is told whether it embeds a "document" or a "query" under "input_type" in its
/// options' additional properties. A record whose value is null is stored, and a search of that property passes it over. A record whose key is <see cref="Guid.Empty"/> is given a new
/// key, unless the definition says that keys are not generated.</para>
/// <para>A vector property may also be a <see cref="SparseEmbedding"/>, or a text that a generator of such embeds; its dimensions are the
/// size of the vocabulary. It is compared by dot product, through an inverted index: a search finds the records that have an index with a
/// weight above 0 in common with what is searched for. Weights are finite and not below 0.</para>
/// <para>It may also be a <see cref="MultiVectorEmbedding"/>, or a text that a generator of such embeds; its dimensions are those of one vector. It is compared by late interaction: for each of the
/// query's vectors the largest dot product with one of the record's, added up. <see cref="MultiVectorExtensions.WithMultiVectors"/> says how such a property is kept and found.</para>
/// <para>Any data property can be filtered and sorted by. <c>IsIndexed</c> makes equality, ranges, <c>Contains</c> (of the property in a
/// captured collection, and of a value in a list) and <c>Any</c> of such quick; by their keys records are found quickly without it. A filter is any expression over the record and means what it means in LINQ to objects, but that strings are compared by ordinal unless it says
/// otherwise, that a null string or list contains nothing, starts with nothing and has no element of which something is true, and that what
/// it captures is read once, when it is given. What else throws in LINQ, such as a member of null, throws out of the search if it comes to
/// such a record; one that an index rules out is not asked.</para>
/// <para>A dense vector property is compared with all that match, unless its <c>IndexKind</c> is QuantizedFlat, Hnsw or Dynamic: then an index is kept behind the writes, in the background, and a search asks that and compares what it does
/// not know yet. <see cref="VectorIndexExtensions.WithVectorIndex"/> sets its options; other kinds are refused. A search that is filtered returns as many as match, up to what is asked for, with every kind.</para>
/// <para>A text property with <c>IsFullTextIndexed</c> is searched by its words with BM25: by <see cref="IKeywordSearchable{TRecord}"/> alone,
/// and by <see cref="IKeywordHybridSearchable{TRecord}"/> together with a vector of either kind; every collection is both.</para>
/// <para>Where a generator gives an <see cref="EncoderInfo"/>, a collection remembers the fingerprint of what first filled a vector property. To
/// embed for it with an encoder of another fingerprint, be it a record or a query, is refused with what differs, unless
/// <see cref="LocalVectorStoreOptions.AllowOtherEncoders"/> is set; a collection without records may be filled by any. A distance function
/// that contradicts the encoder is warned of once. Callers that hand in vectors have their encoder checked and remembered by
/// <see cref="ICollectionEncoders"/>, which a collection's <c>GetService</c> gives. Vectors that are handed in without it, and those of generators
/// without an <see cref="EncoderInfo"/>, cannot be checked: that they come from one encoder is the caller's business.</para>
/// <para>A property of fewer dimensions than the encoder gives is embedded with
/// <see cref="EmbeddingGenerationOptions.Dimensions"/> set to its own.</para>
/// <para>What is deleted or replaced leaves the memory with a later batch, once it outnumbers what is there and a thousand records, or 16 MB of several vectors a record.</para>
/// <para>All members, and those of its collections, are safe for concurrent use. A reader sees all of a batch or nothing of it. A search
/// compares vectors on the thread that asks for its first result, and in large collections on the thread pool beside it.</para>
/// </remarks>
public sealed partial class LocalVectorStore : VectorStore
{
    internal const string SystemName = "localretrieval";

    private readonly VectorStoreMetadata _metadata = new() { VectorStoreSystemName = SystemName };
    private readonly IEmbeddingGenerator? _embeddingGenerator;
    private readonly KeywordIndex _noKeywords;
    private readonly bool _allowOtherEncoders;
    private readonly ILogger _logger;
    private readonly CatalogLease _lease;

    /// <summary>Makes a store.</summary>
    /// <param name="options">The store's options, read now; null for the defaults.</param>
    /// <param name="loggerFactory">Where the store says what is wrong and yet works; null for nowhere.</param>
    /// <exception cref="ArgumentException">Both weights of <see cref="LocalVectorStoreOptions.HybridSearch"/> are 0, <see cref="LocalVectorStoreOptions.Keywords"/> has fields, or <see cref="LocalVectorStoreOptions.IsReadOnly"/> is set without a
    /// <see cref="LocalVectorStoreOptions.Path"/>, or with a store to share with that writes.</exception>
    /// <exception cref="ObjectDisposedException">The store to share with was disposed.</exception>
    public LocalVectorStore(LocalVectorStoreOptions? options = null, ILoggerFactory? loggerFactory = null)
        : this(CatalogOf(options ?? new(), loggerFactory), options ?? new(), options?.EmbeddingGenerator, loggerFactory)
    {
    }

    internal LocalVectorStore(StoreCatalog catalog, LocalVectorStoreOptions options, IEmbeddingGenerator? embeddingGenerator, ILoggerFactory? loggerFactory)
    {
        _embeddingGenerator = embeddingGenerator;
        _noKeywords = (options.FindKeywordFault() ?? options.FindPathFault()) is { } fault ? throw new ArgumentException(fault, nameof(options)) : new KeywordIndex(options.Keywords);
        _allowOtherEncoders = options.AllowOtherEncoders;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<LocalVectorStore>();
        Fusion = new HybridFusion(options.HybridSearch);
        _lease = new CatalogLease(catalog);
    }

    internal HybridFusion Fusion { get; }

    internal StoreCatalog Catalog => _lease.Catalog;

    /// <summary>Gives access to a collection, whether or not it exists.</summary>
    /// <typeparam name="TKey">The type of the keys: <see cref="string"/> or a value type.</typeparam>
    /// <typeparam name="TRecord">The type of the records: a class with a public parameterless constructor.</typeparam>
    /// <param name="name">The collection's name; case matters.</param>
    /// <param name="definition">Describes the records and overrides the attributes of <typeparamref name="TRecord"/>; null to read the attributes alone.</param>
    /// <returns>The collection.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank, or <typeparamref name="TRecord"/> is a dictionary.</exception>
    /// <exception cref="InvalidOperationException">
    /// The description contradicts <typeparamref name="TRecord"/> or <typeparamref name="TKey"/>, or no generator takes the values of a
    /// vector property that holds no vectors.
    /// </exception>
    /// <exception cref="NotSupportedException">The description asks for what the store does not have; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    [RequiresDynamicCode("Maps records by reflection. GetDynamicCollection maps dictionaries and needs none.")]
    [RequiresUnreferencedCode("Maps records by reflection. GetDynamicCollection maps dictionaries and needs none.")]
    public override LocalVectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ObjectDisposedException.ThrowIf(_lease.IsOver, this);
        if (typeof(TRecord) == typeof(Dictionary<string, object?>))
        {
            throw new ArgumentException($"{nameof(GetCollection)} takes a record class. Use {nameof(GetDynamicCollection)} for records that are dictionaries.");
        }

        RecordModel model = RecordModelBuilder.Build(typeof(TKey), typeof(TRecord), definition, _embeddingGenerator);
        return new LocalVectorStoreCollection<TKey, TRecord>(this, name, model, new ClassMapper<TRecord>(RecordModelBuilder.MembersOf(model)));
    }

    /// <summary>Gives access to a collection whose records are dictionaries, whether or not it exists.</summary>
    /// <param name="name">The collection's name; case matters.</param>
    /// <param name="definition">Describes the records; each property has a type.</param>
    /// <returns>The collection. Its keys are of the type that the key property has.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank, or <paramref name="definition"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The definition contradicts itself, or no generator takes the values of a vector property that holds no vectors.</exception>
    /// <exception cref="NotSupportedException">The definition asks for what the store does not have; the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public override LocalVectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(definition);
        ObjectDisposedException.ThrowIf(_lease.IsOver, this);
        RecordModel model = RecordModelBuilder.BuildDynamic(definition, _embeddingGenerator);
        return new LocalVectorStoreCollection<object, Dictionary<string, object?>>(this, name, model, new DictionaryMapper());
    }

    /// <summary>Lists the collections that exist, by name in ordinal order.</summary>
    /// <inheritdoc/>
    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default)
    {
        return ListAsync(Catalog, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        StoreCatalog catalog = Catalog;
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<bool>(cancellationToken)
            : Task.FromResult(catalog.Exists(name));
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        StoreCatalog catalog = Catalog;
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        catalog.Delete(name);
        return Task.CompletedTask;
    }

    /// <summary>Keeps of a collection whose file is damaged what stands before the damage, and puts the rest aside in a file beside it, whose name ends in ".damaged".</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="cancellationToken">Cancels before anything is changed.</param>
    /// <returns>How many bytes were put aside, a torn tail included; 0 where the log is whole, the collection does not exist, or the store has no folder.</returns>
    /// <remarks>It mends logs alone: a snapshot that is damaged is put back from a backup. Call it before the collection is used.</remarks>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or blank.</exception>
    /// <exception cref="InvalidDataException">The collection's snapshot is damaged or missing, or not even what the collection stores can be read.</exception>
    /// <exception cref="InvalidOperationException">The store only reads its folder, or the log is damaged and the collection in use: repair it after the store was opened anew.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Task<long> RepairAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        StoreCatalog catalog = Catalog;
        return Task.Run(() => catalog.Repair(name), cancellationToken);
    }

    /// <summary>Takes in what was written to the folder since the collections were last read, where the store only reads it (<see cref="LocalVectorStoreOptions.IsReadOnly"/>); any other store knows already.</summary>
    /// <param name="cancellationToken">Cancels before anything is read.</param>
    /// <remarks>Searches go on meanwhile. A collection whose files were replaced since is read anew when it is next used. One whose refresh failed has a part of what was written, and is read anew after the next call.</remarks>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="InvalidDataException">A log holds what this version does not know.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        StoreCatalog catalog = Catalog;
        return Task.Run(catalog.Refresh, cancellationToken);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    internal EncoderCheck CheckOf(string name) => new(name, _allowOtherEncoders, _logger);

    internal Table? FindTable(string name, RecordModel model)
    {
        Table? table = Catalog.Find(name, model, _noKeywords);
        table?.ThrowIfOther(name, model);
        return table;
    }

    /// <summary>The table of a name, whatever it stores; null where there is none in memory.</summary>
    internal Table? FindTable(string name) => Catalog.FindLoaded(name);

    /// <summary>The table of a name, whose vectors may be of other dimensions.</summary>
    internal Table? FindTableToRebuild(string name, RecordModel model)
    {
        Table? table = Catalog.Find(name, model, _noKeywords);
        table?.ThrowIfOtherRecords(name, model);
        return table;
    }

    /// <summary>Puts a table in the place of another, in which nothing was written since a snapshot.</summary>
    /// <exception cref="InvalidOperationException">Something was written, or the collection was deleted.</exception>
    internal void Replace(string name, Table table, TableSnapshot before, Shadow shadow, RecordModel model)
    {
        if (!table.TryClose(before) || !Catalog.TryReplace(name, table, shadow, model))
        {
            throw StoreCatalog.Changed(name);
        }
    }

    internal void EnsureTable(string name, RecordModel model)
    {
        Table table = Catalog.FindOrCreate(name, model, _noKeywords);
        table.ThrowIfOther(name, model);
        foreach (VectorProperty asked in model.VectorColumns)
        {
            if (table.TryClaimIndexWarning(asked, out VectorIndexKind kind))
            {
                LogOtherIndex(name, asked.Name, VectorIndexSettings.NameOf(asked.IndexKind), VectorIndexSettings.NameOf(kind));
            }

            if (table.TryClaimFirstPassWarning(asked, out MultiVectorFirstPass firstPass))
            {
                LogOtherFirstPass(name, asked.Name, asked.MultiVectors.FirstPass, firstPass);
            }
        }
    }

    /// <summary>Lets go of the collections, which are gone from memory with the last store that has them; files are flushed and closed then. The embedding generator is the caller's to dispose.</summary>
    /// <param name="disposing">True from Dispose.</param>
    protected override void Dispose(bool disposing)
    {
        _lease.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The collections of the options: those of the store to share with, of the folder, or of this store alone.</summary>
    internal static StoreCatalog CatalogOf(LocalVectorStoreOptions options, ILoggerFactory? loggerFactory)
    {
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<LocalVectorStore>();
        return options.SharedWith?.Catalog ?? new StoreCatalog(options.Path is { } path ? () => OpenDisk(path, options, logger) : null, options.IsReadOnly, logger);
    }

    private static StoreDisk OpenDisk(string path, LocalVectorStoreOptions options, ILogger logger) =>
        options.IsReadOnly ? StoreDisk.OpenToRead(path, logger) : StoreDisk.Open(path, options.Durability, logger);

    private static async IAsyncEnumerable<string> ListAsync(StoreCatalog catalog, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The interface alone is asynchronous.
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (string name in catalog.Names())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Collection '{Name}' is asked for with the index {Asked} over property '{Property}', and was opened with {Kind}, which stays until it is opened anew: have the first that opens it ask for the index. Said once.")]
    private partial void LogOtherIndex(string name, string property, string asked, string kind);

    [LoggerMessage(LogLevel.Warning, "Collection '{Name}' is asked for with the first pass {Asked} over property '{Property}', and was opened with {Kind}, which stays until it is opened anew: have the first that opens it ask for the first pass. Said once.")]
    private partial void LogOtherFirstPass(string name, string property, MultiVectorFirstPass asked, MultiVectorFirstPass kind);
}
