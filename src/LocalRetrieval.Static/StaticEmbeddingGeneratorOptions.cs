using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Static;

/// <summary>Options of a <see cref="StaticEmbeddingGenerator"/>. They are read once, when the model is loaded.</summary>
public sealed class StaticEmbeddingGeneratorOptions
{
    /// <summary>The longest text in tokens; longer ones are cut.</summary>
    /// <value>
    /// At least 1, or null for config.json's max_length; where there is none, 512 for model2vec and no limit for sentence-transformers. model2vec
    /// cuts a text to this times the vocabulary's median token length in characters first, so a text of long words may end sooner. The
    /// default is null.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxTokens
    {
        get;
        set
        {
            ThrowIfBelowOne(value, nameof(MaxTokens));
            field = value;
        }
    }

    /// <summary>Whether vectors are brought to unit length.</summary>
    /// <value>Null for what the model's files say. The default is null.</value>
    public bool? Normalize { get; set; }

    /// <summary>What becomes of a text that is longer than the model reads.</summary>
    /// <value>The default is <see cref="TruncationPolicy.Truncate"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public TruncationPolicy Truncation
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Truncation), value, "Not a truncation policy.");
    }

    /// <summary>How many tokens neighbouring windows of a text share, under <see cref="TruncationPolicy.ChunkAndPool"/>.</summary>
    /// <value>At least 0 and less than a window has room for, or null for an eighth of that. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? ChunkOverlap
    {
        get;
        set
        {
            if (value is { } overlap)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(overlap, nameof(ChunkOverlap));
            }

            field = value;
        }
    }

    /// <summary>The dimensions that the model's vectors are trained to be cut to; another size is cut all the same, and logged once.</summary>
    /// <value>Sizes of at least 1 and at most the model's, or null for config.json's matryoshka_dimensions. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public IReadOnlyList<int>? MatryoshkaDimensions
    {
        get;
        set => field = value is null || value.All(size => size >= 1) ? value : throw new ArgumentOutOfRangeException(nameof(MatryoshkaDimensions), string.Join(", ", value), "Sizes are at least 1.");
    }

    /// <summary>How many threads one call uses.</summary>
    /// <value>At least 1, or null for the number of processors that this process may use. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Threads
    {
        get;
        set
        {
            ThrowIfBelowOne(value, nameof(Threads));
            field = value;
        }
    }

    /// <summary>What a lone surrogate in a text does.</summary>
    /// <value>The default is <see cref="LoneSurrogateHandling.Throw"/>: an <see cref="ArgumentException"/> that names the text's index and the char's offset.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public LoneSurrogateHandling LoneSurrogates
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(LoneSurrogates), value, "Not a way to handle lone surrogates.");
    }

    /// <summary>The model's id in metadata and results.</summary>
    /// <value>Null for the folder's name. The default is null.</value>
    public string? ModelId { get; set; }

    private static void ThrowIfBelowOne(int? value, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, name);
        }
    }
}
