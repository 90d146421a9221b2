using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>A snapshot that a log goes on behind, as it was when the log was opened: it is there until nobody holds this any more, even if it is deleted.</summary>
/// <param name="Path">How errors name it.</param>
/// <param name="Number">The random number that the log knows it by.</param>
/// <param name="Bytes">What it holds; null where it is missing.</param>
internal sealed record SnapshotView(string Path, ulong Number, MappedBytes? Bytes)
{
    /// <summary>Reads all of it.</summary>
    /// <param name="rows">How many rows it has; 0 where that cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What is damaged, in words; null where nothing is.</returns>
    public string? FindDamage(out int rows, CancellationToken cancellationToken)
    {
        rows = 0;
        if (Bytes is null)
        {
            return SnapshotFile.DescribeMissing(Path);
        }

        try
        {
            SnapshotFile file = SnapshotFile.Open(Bytes, Path);
            rows = file.Directory.Rows;
            return file.Number == Number ? file.FindDamage(cancellationToken) : SnapshotFile.DescribeOther(Path);
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }
}
