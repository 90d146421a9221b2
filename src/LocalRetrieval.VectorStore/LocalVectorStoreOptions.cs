using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData;

/// <summary>Options of a <see cref="LocalVectorStore"/>.</summary>
public sealed class LocalVectorStoreOptions
{
    /// <summary>The defaults.</summary>
    public LocalVectorStoreOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of keywords and hybrid search included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public LocalVectorStoreOptions(LocalVectorStoreOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        EmbeddingGenerator = other.EmbeddingGenerator;
        Keywords = new KeywordIndexOptions(other.Keywords);
        HybridSearch = new HybridFusionOptions(other.HybridSearch);
        AllowOtherEncoders = other.AllowOtherEncoders;
        SharedWith = other.SharedWith;
        Path = other.Path;
        Durability = other.Durability;
        IsReadOnly = other.IsReadOnly;
    }

    /// <summary>
    /// Turns strings into vectors, on upsert and on search, for the properties whose own definition and whose collection's definition
    /// name no generator. The store does not dispose it.
    /// </summary>
    /// <value>
    /// A generator of <c>Embedding&lt;float&gt;</c>, <see cref="SparseEmbedding"/> or <see cref="MultiVectorEmbedding"/>, or null for none: then a collection with a vector
    /// property that holds no vector is refused, and a search by anything but a vector fails. The default is null; a store from a service
    /// container then takes the container's generator.
    /// </value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }

    /// <summary>How the texts of full-text properties are found by their words. A collection keeps what it was created with.
    /// <see cref="KeywordIndexExtensions.WithKeywordIndex"/> sets others for one property.</summary>
    /// <value>Never null, and without <see cref="KeywordIndexOptions.Fields"/>, which belong to one property. The default suits any language.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public KeywordIndexOptions Keywords
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Keywords));
    } = new();

    /// <summary>How a hybrid search makes one list out of what vectors and keywords find.</summary>
    /// <value>Never null. The default is reciprocal rank fusion.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public HybridFusionOptions HybridSearch
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(HybridSearch));
    } = new();

    /// <summary>
    /// Whether a collection may be filled and searched with an encoder other than the one that filled it, going by
    /// <see cref="EncoderFingerprint"/>: for encoders that are known to give comparable vectors all the same.
    /// </summary>
    /// <value>
    /// True to allow it; the collection then keeps the fingerprint of the encoder that filled it first. False to refuse it, with an
    /// <see cref="InvalidOperationException"/> that names what differs. The default is false.
    /// </value>
    /// <remarks>
    /// Vectors that callers hand in without naming their encoder by <see cref="ICollectionEncoders"/>, and generators that give no
    /// <see cref="EncoderInfo"/>, are not checked in either case.
    /// </remarks>
    public bool AllowOtherEncoders { get; set; }

    /// <summary>A store whose collections the new one shares: both see the same records, and each embeds with its own generator.</summary>
    /// <value>Null for a store with collections of its own. The default is null.</value>
    /// <remarks>The collections live as long as one of the stores does: disposing one leaves them to the others.</remarks>
    public LocalVectorStore? SharedWith { get; set; }

    /// <summary>The folder that the collections are kept in: what was acknowledged is there when a store is next opened over it.</summary>
    /// <value>A path, of a folder that is made where it is not there; null to keep collections in memory alone. The default is null.</value>
    /// <remarks>
    /// One store writes to a folder at a time, of whatever process. The folder is opened, and locked, by the first member that needs it, which may throw. A collection is read when it is first used, on the caller's thread,
    /// which may take seconds; <c>EnsureCollectionExistsAsync</c> reads it on the thread pool. Deleting one waits for what is being written to its files. Its records may have properties of the usual types alone; the errors name them.
    /// With <see cref="SharedWith"/> that store's folder counts.
    /// </remarks>
    /// <exception cref="ArgumentException">The value is blank.</exception>
    public string? Path
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Path));
            }

            field = value;
        }
    }

    /// <summary>What a write survives once it was acknowledged, where there is a <see cref="Path"/>.</summary>
    /// <value>The default is <see cref="Durability.Process"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public Durability Durability
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Durability), value, $"{nameof(Durability)} is none of {string.Join(", ", Enum.GetNames<Durability>())}.");
    } = Durability.Process;

    /// <summary>Whether the folder of <see cref="Path"/> is read alone: another process, or another store of this one, may write it meanwhile.</summary>
    /// <value>
    /// True to read. What is written to the folder later is seen after <see cref="LocalVectorStore.RefreshAsync"/>; each collection is seen as it was between two batches. Of a damaged log what stands before the damage is read, and the damage logged. What
    /// changes anything throws <see cref="InvalidOperationException"/>. The default is false.
    /// With <see cref="SharedWith"/> that store decides, and true is refused unless it only reads.
    /// </value>
    public bool IsReadOnly { get; set; }

    /// <summary>What is wrong with the options of the folder; null where nothing is.</summary>
    /// <exception cref="ObjectDisposedException">The store to share with was disposed.</exception>
    internal string? FindPathFault() => !IsReadOnly ? null
        : SharedWith is { Catalog: { IsReadOnly: false } } ? $"{nameof(IsReadOnly)} is set, and the store of {nameof(SharedWith)} writes: leave it out, or share with a store that only reads."
        : SharedWith is null && Path is null ? $"{nameof(IsReadOnly)} is set without a {nameof(Path)}: there is nothing to read."
        : null;

    /// <summary>What is wrong with the options of keywords; null where nothing is.</summary>
    internal string? FindKeywordFault() =>
        Keywords.Fields.Count == 0 ? null : $"{nameof(Keywords)}.{nameof(KeywordIndexOptions.Fields)} are properties beside one property: set them by {nameof(KeywordIndexExtensions.WithKeywordIndex)} in a definition.";
}
