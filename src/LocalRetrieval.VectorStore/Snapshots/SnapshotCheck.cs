using System.Buffers;
using System.Globalization;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Reads all of a snapshot and checks each checksum. It reads the file, and not the map of it: of a disk that cannot be read a map tells by ending the process.</summary>
/// <param name="file">The snapshot; it stays the caller's to dispose.</param>
/// <param name="path">How errors name it.</param>
/// <param name="number">The random number that the log knows it by.</param>
internal sealed class SnapshotCheck(IStoreFile file, string path, ulong number)
{
    private const int BytesAtOnce = 1 << 20;

    /// <param name="rows">How many rows the snapshot has; 0 where that cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="goOn">Called between parts; null for nothing.</param>
    /// <returns>What is damaged, in words; null where nothing is.</returns>
    public string? Run(out int rows, CancellationToken cancellationToken, Action? goOn = null)
    {
        rows = 0;
        try
        {
            SnapshotDirectory directory = SnapshotDirectory.Locate(Read, file.Length, path, out ulong found);
            rows = directory.Rows;
            return found != number
                ? SnapshotFile.DescribeOther(path)
                : FindDamage(directory, goOn, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    private string? FindDamage(SnapshotDirectory directory, Action? goOn, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        try
        {
            foreach (SnapshotSection section in directory.Sections)
            {
                if (SumOf(section, buffer, goOn, cancellationToken) != section.Sum)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"'{path}' is damaged between byte {section.Offset:N0} and byte {section.Offset + section.Length:N0}.");
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private uint SumOf(SnapshotSection section, byte[] buffer, Action? goOn, CancellationToken cancellationToken)
    {
        uint sum = 0;
        for (long done = 0; done < section.Length; done += BytesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            goOn?.Invoke();
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(BytesAtOnce, section.Length - done));
            sum = Checksum.Of(part[..file.Read(section.Offset + done, part)], sum);
        }

        return sum;
    }

    private ReadOnlySpan<byte> Read(long offset, int count)
    {
        byte[] bytes = new byte[count];
        return file.Read(offset, bytes) == count ? bytes : throw new InvalidDataException($"'{path}' is shorter than it says.");
    }
}
