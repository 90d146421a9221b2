using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>What reading one document may cost; a document beyond is refused by name.</summary>
public sealed class DocumentReadingOptions
{
    /// <summary>The defaults.</summary>
    public DocumentReadingOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public DocumentReadingOptions(DocumentReadingOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MaxBytes = other.MaxBytes;
        MaxExpandedBytes = other.MaxExpandedBytes;
        MaxExpansion = other.MaxExpansion;
        MaxParts = other.MaxParts;
        MaxDepth = other.MaxDepth;
        MaxDuration = other.MaxDuration;
        Encoding = other.Encoding;
    }

    /// <summary>The most bytes of a document as it lies there.</summary>
    /// <value>At least 1. The default is 256 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxBytes { get; set => field = AtLeast(value, 1, nameof(MaxBytes)); } = 256L << 20;

    /// <summary>The most bytes that come of it: of all the parts of an archive together, of a text's aliases and entities.</summary>
    /// <value>At least 1. The default is 512 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxExpandedBytes { get; set => field = AtLeast(value, 1, nameof(MaxExpandedBytes)); } = 512L << 20;

    /// <summary>How many times its bytes an entry of an archive or a stream of a PDF may expand to; asked of those that expand to more than 16 MiB.</summary>
    /// <value>At least 1. The default is 500.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxExpansion { get; set => field = (int)AtLeast(value, 1, nameof(MaxExpansion)); } = 500;

    /// <summary>The most parts: entries of an archive, pages, slides, attachments.</summary>
    /// <value>At least 1. The default is 20,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxParts { get; set => field = (int)AtLeast(value, 1, nameof(MaxParts)); } = 20_000;

    /// <summary>How deep elements may be nested, and how many documents may lie in each other is a sixteenth of it.</summary>
    /// <value>At least 16. The default is 256.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 16.</exception>
    public int MaxDepth { get; set => field = (int)AtLeast(value, 16, nameof(MaxDepth)); } = 256;

    /// <summary>The longest that opening a document, its choice of a reader included, and then reading it may take, each.</summary>
    /// <value>More than zero. The default is two minutes.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or less.</exception>
    public TimeSpan MaxDuration
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(MaxDuration));
            field = value;
        }
    } = TimeSpan.FromMinutes(2);

    /// <summary>The encoding of texts that are not marked and are no UTF-8.</summary>
    /// <value>The default is null: such a text is refused, unless it is plainly Windows-1252.</value>
    public Encoding? Encoding { get; set; }

    private static long AtLeast(long value, long least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
