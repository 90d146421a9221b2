using System.Buffers;
using System.Globalization;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Snapshots;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData.Indexing.Upkeep;

/// <summary>The file of a column's index over the rows of a snapshot: a header with the snapshot's random number, what the index saved, its format and how many rows it knows, and a trailer; all of it under checksums.</summary>
/// <remarks>It is made of what stands in the snapshot, and of nothing else: where it is missing, or is not as it was written, the index is made anew.</remarks>
internal static class IndexFile
{
    private const int BytesAtOnce = 1 << 20;

    /// <summary>Writes the file, and flushes it.</summary>
    /// <param name="file">An empty file.</param>
    /// <param name="number">The snapshot's random number.</param>
    /// <param name="format">The index's format.</param>
    /// <param name="index">The index, which knows just the rows of the snapshot.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static void Write(IStoreFile file, ulong number, string format, VectorIndex index, CancellationToken cancellationToken)
    {
        SnapshotOutput output = new(file);
        Span<byte> header = new byte[SnapshotFormat.HeaderLength];
        SnapshotFormat.WriteIndexHeader(header, number);
        output.Write(header);
        output.End();

        // What an opening finds half done it deletes where it knows it.
        output.Flush();
        index.Save(new IndexOutput(output, cancellationToken), cancellationToken);
        SnapshotSection saved = output.End();
        ByteWriter directory = new();
        directory.WriteText(format);
        directory.WriteCount(index.Count);
        directory.Write(saved.Offset);
        directory.Write(saved.Length);
        directory.Write(saved.Sum);
        output.Write(directory.Written);
        Span<byte> trailer = new byte[SnapshotFormat.TrailerLength];
        SnapshotFormat.WriteTrailer(trailer, SnapshotFormat.Version, number, output.End());
        output.Write(trailer);
        output.Flush();
    }

    /// <summary>Has an index know what a file has. All of it is read and checked before.</summary>
    /// <param name="file">The file.</param>
    /// <param name="map">Maps it.</param>
    /// <param name="stored">The snapshot.</param>
    /// <param name="index">The index, which knows nothing yet; it is of no use where this fails.</param>
    /// <param name="vectors">The whole vectors.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of another snapshot, or of another index than this one.</exception>
    public static void Load(IStoreFile file, Func<MappedBytes> map, SnapshotRows stored, VectorIndex index, VectorBlocks vectors, CancellationToken cancellationToken)
    {
        ByteReader directory = new(ReadDirectory(file, stored.File.Number));
        string format = directory.ReadText();
        int rows = directory.ReadCount();
        SnapshotSection saved = new(directory.Read<long>(), directory.Read<long>(), directory.Read<uint>());
        if (format != index.Format)
        {
            throw new InvalidDataException($"It is of the index '{format}', and '{index.Format}' is asked for.");
        }

        // As many are made room for.
        ThrowIfOther(rows, stored.Count);
        ThrowIfDamaged(file, saved, cancellationToken);
        index.Load(new IndexInput(map(), saved.Offset, saved.Length, cancellationToken), vectors);
        ThrowIfOther(index.Count, stored.Count);
    }

    private static void ThrowIfOther(int known, int stored)
    {
        if (known != stored)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It knows {known:N0} rows, and the snapshot has {stored:N0}."));
        }
    }

    private static byte[] ReadDirectory(IStoreFile file, ulong number)
    {
        SnapshotSection directory = default;
        ulong end = 0;
        string? fault = SnapshotFormat.ReadIndexHeader(Read(file, 0, SnapshotFormat.HeaderLength), out ulong found)
            ?? SnapshotFormat.ReadTrailer(Read(file, file.Length - SnapshotFormat.TrailerLength, SnapshotFormat.TrailerLength), out end, out directory)
            ?? (found != number || end != number ? "is of another snapshot" : null);
        if (fault is not null)
        {
            throw new InvalidDataException($"It {fault}.");
        }

        byte[] bytes = Read(file, directory.Offset, checked((int)directory.Length));
        return Checksum.Of(bytes) == directory.Sum ? bytes : throw new InvalidDataException("It is damaged where it says what it is of.");
    }

    private static byte[] Read(IStoreFile file, long offset, int count)
    {
        byte[] bytes = new byte[count];
        return offset >= 0 && file.Read(offset, bytes) == count ? bytes : throw new InvalidDataException("It is not whole.");
    }

    // The file is read, and not the map of it: of a disk that cannot be read a map tells by ending the process.
    private static void ThrowIfDamaged(IStoreFile file, SnapshotSection section, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        try
        {
            uint sum = 0;
            for (long done = 0; done < section.Length; done += BytesAtOnce)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(BytesAtOnce, section.Length - done));
                sum = Checksum.Of(part[..file.Read(section.Offset + done, part)], sum);
            }

            if (sum != section.Sum)
            {
                throw new InvalidDataException("It is damaged.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
