using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag;

/// <summary>Options of a <see cref="PassageIndexer"/>.</summary>
public sealed class PassageIndexerOptions
{
    /// <summary>The defaults.</summary>
    public PassageIndexerOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of chunking and reading included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public PassageIndexerOptions(PassageIndexerOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Chunking = new ChunkingOptions(other.Chunking);
        Readers = other.Readers;
        Reading = new DocumentReadingOptions(other.Reading);
        TokenCounter = other.TokenCounter;
        EmbeddingGeneratorKey = other.EmbeddingGeneratorKey;
        TokenGenerator = other.TokenGenerator;
        EncoderChange = other.EncoderChange;
        BatchSize = other.BatchSize;
        TimeProvider = other.TimeProvider;
    }

    /// <summary>How documents are cut.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ChunkingOptions Chunking
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Chunking));
            field = value;
        }
    } = new();

    /// <summary>The readers of documents that have none of their own.</summary>
    /// <value>Null takes those that are registered, or else <see cref="DocumentReaders.Default"/>. The default is null.</value>
    public DocumentReaders? Readers { get; set; }

    /// <summary>What reading one document may cost.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public DocumentReadingOptions Reading
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Reading));
            field = value;
        }
    } = new();

    /// <summary>Counts the tokens of a chunk.</summary>
    /// <value>Null takes the embedding generator's own. The default is null.</value>
    public ITokenCounter? TokenCounter { get; set; }

    /// <summary>The key of the embedding generator among the registered services.</summary>
    /// <value>Null takes the registration's own key, if there is such a service, or else the one without a key. The default is null.</value>
    public string? EmbeddingGeneratorKey { get; set; }

    /// <summary>Gives each passage a vector for each of its tokens as well, for late interaction; see <see cref="Passage.TokenVectors"/>. It stays the caller's to dispose.</summary>
    /// <value>
    /// Null for none. The default is null. A collection without room for these vectors (<see cref="PassageDefinitionOptions.TokenDimensions"/>) is refused. One whose vectors of tokens another one made is refused, or has them made anew, as <see cref="EncoderChange"/> says; that goes by
    /// <see cref="EncoderInfo"/> and by what the collection remembers. Passages that were indexed without one get theirs when their text changes, or when all are made anew, as
    /// <see cref="EncoderChange.Rebuild"/> does too where a collection remembers none.
    /// </value>
    public IEmbeddingGenerator<string, MultiVectorEmbedding>? TokenGenerator { get; set; }

    /// <summary>What becomes of a collection that another encoder filled.</summary>
    /// <value>
    /// The default is <see cref="EncoderChange.Refuse"/>. With <see cref="EncoderChange.Rebuild"/> each run first reads the texts of the whole collection,
    /// to see whether their vectors are this encoder's.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public EncoderChange EncoderChange
    {
        get;
        set => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(EncoderChange), value, "The value is not one of EncoderChange.");
    }

    /// <summary>How many passages are embedded in one request; documents wait for each other to fill it.</summary>
    /// <value>At least 1. The default is 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            field = value;
        }
    } = 64;

    /// <summary>What pauses go by, after which an encoder that is overloaded is asked again.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
