namespace LocalRetrieval.VectorData;

/// <summary>How texts are found by their words.</summary>
public sealed class KeywordIndexOptions
{
    /// <summary>The defaults.</summary>
    public KeywordIndexOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public KeywordIndexOptions(KeywordIndexOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        K1 = other.K1;
        B = other.B;
        RemoveStopWords = other.RemoveStopWords;
        Stem = other.Stem;
    }

    /// <summary>How soon more of the same word stops to count (BM25's k1).</summary>
    /// <value>At least 0; 0 counts a word once. The default is 1.2.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or not finite.</exception>
    public double K1
    {
        get;
        set
        {
            field = value is >= 0 and <= double.MaxValue
                ? value
                : throw new ArgumentOutOfRangeException(nameof(K1), value, "K1 is at least 0, and finite.");
        }
    } = 1.2;

    /// <summary>How much a long text's words count less than a short one's (BM25's b).</summary>
    /// <value>From 0, which means not at all, to 1. The default is 0.75.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or above 1.</exception>
    public double B
    {
        get;
        set
        {
            field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(B), value, "B is from 0 to 1.");
        }
    } = 0.75;

    /// <summary>Whether frequent English words (the, of, is) are left out of texts and queries.</summary>
    /// <value>The default is false, which suits any language.</value>
    public bool RemoveStopWords { get; set; }

    /// <summary>Whether English words are cut to their stems (Porter2), so that "wings" finds "wing".</summary>
    /// <value>The default is false, which suits any language.</value>
    public bool Stem { get; set; }
}
