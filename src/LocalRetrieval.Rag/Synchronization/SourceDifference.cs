namespace LocalRetrieval.Rag;

/// <summary>Holds what a manifest has of a source against what is there now.</summary>
/// <param name="formats">What the registered readers read.</param>
/// <param name="settings">The hash of the options.</param>
/// <param name="encoder">What the encoder is known by.</param>
internal sealed class SourceDifference(IReadOnlyList<ReaderFormat> formats, string settings, string encoder)
{
    // Times of files are as coarse as two seconds: what is written within them after a look has the time of before.
    private static readonly long Coarseness = TimeSpan.FromSeconds(2).Ticks;

    private readonly HashSet<string> _readers = [.. formats.Select(NameOf)];

    /// <summary>How a manifest names a reader.</summary>
    public static string NameOf(ReaderFormat format) => $"{format.Name} {format.Version}";

    /// <summary>Why a source must be read again whatever its bytes are; null where nothing says so.</summary>
    public string? ReasonToRead(SourceRecord record) =>
        !record.IsDone ? "its last synchronisation did not end"
        : record.Encoder != encoder ? "the encoder is another"
        : record.Settings != settings ? "the options of reading or chunking, or the readers, are others"
        : !_readers.Contains(record.Reader) ? $"its reader was '{record.Reader}', and is another now"
        : null;

    /// <summary>Whether a file's bytes are those of the record, going by length and time.</summary>
    public static bool IsUntouched(SourceRecord record, FileStamp stamp) =>
        (record.ByteLength, record.Modified) == (stamp.Length, stamp.Modified) && stamp.Modified < record.Checked - Coarseness;

    /// <summary>The record of a file that was read.</summary>
    public SourceRecord Describe(SyncItem item, string reader, DateTime checkedAt) => new()
    {
        Slot = item.Old?.Slot ?? -1,
        Source = item.Source,
        ByteLength = item.File.Stamp.Length,
        Modified = item.File.Stamp.Modified,
        Checked = checkedAt.Ticks,
        Hash = item.Hash!,
        Reader = reader,
        Settings = settings,
        Encoder = encoder,
    };
}
