using System.Collections.Immutable;

namespace LocalRetrieval;

/// <summary>How texts are found by their words.</summary>
public sealed class KeywordIndexOptions
{
    /// <summary>
    /// Where the definition of a data property holds its options: the key in its <c>ProviderAnnotations</c>. Stores that do not know it pass over it.
    /// </summary>
    public const string AnnotationKey = "LocalRetrieval:KeywordIndex";

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
        Analysis = other.Analysis;
        Language = other.Language;
        RemoveStopWords = other.RemoveStopWords;
        Stem = other.Stem;
        Fields = other.Fields;
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

    /// <summary>How texts and queries are cut into terms.</summary>
    /// <value>The default is <see cref="KeywordAnalysis.Plain"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public KeywordAnalysis Analysis
    {
        get;
        set
        {
            field = value is KeywordAnalysis.Plain or KeywordAnalysis.Identifiers
                ? value
                : throw new ArgumentOutOfRangeException(nameof(Analysis), value, "The analysis is Plain or Identifiers.");
        }
    }

    /// <summary>The language that <see cref="RemoveStopWords"/> and <see cref="Stem"/> are about.</summary>
    /// <value>
    /// A BCP 47 tag, of which the first subtag counts, such as <c>en</c> or <c>de-AT</c>; a language without a list of stop words has none left out, and only
    /// English is stemmed. Empty for none. Null, the default, lets the index decide by the stop words of the first texts, and remember it until it is
    /// empty again; texts of several languages, or of an unknown one, are neither stemmed nor freed of stop words.
    /// </value>
    public string? Language { get; set; }

    /// <summary>Whether the language's most frequent words (the, of, is) are left out of texts and queries.</summary>
    /// <value>The default is false.</value>
    public bool RemoveStopWords { get; set; }

    /// <summary>Whether words are cut to their stems (English: Porter2), so that "wings" finds "wing".</summary>
    /// <value>The default is false.</value>
    public bool Stem { get; set; }

    /// <summary>Other text properties of the record whose words count for the indexed one, such as a title.</summary>
    /// <value>None by default. A property takes part once; a record is found by its fields where the indexed property is null, too.</value>
    /// <exception cref="ArgumentNullException">The value, or a field, is null.</exception>
    /// <exception cref="ArgumentException">A property is there twice.</exception>
    public IReadOnlyList<KeywordField> Fields
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Fields));
            ImmutableList<KeywordField> fields = value as ImmutableList<KeywordField> ?? [.. value];
            if (fields.Contains(null!))
            {
                throw new ArgumentNullException(nameof(Fields), "A field is null.");
            }

            if (fields.GroupBy(one => one.Property, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw new ArgumentException($"The field '{twice.Key}' is there twice.", nameof(Fields));
            }

            field = fields;
        }
    } = ImmutableList<KeywordField>.Empty;
}
