using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Log;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Writes a file from its beginning to its end, in parts that each have a checksum.</summary>
internal sealed class SnapshotOutput(IStoreFile file)
{
    private const int NumbersAtOnce = 1 << 24;

    private static readonly byte[] Padding = new byte[SnapshotFormat.Alignment];

    private long _offset;
    private long _start;
    private uint _sum;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            file.Write(_offset, bytes);
            _sum = Checksum.Of(bytes, _sum);
            _offset += bytes.Length;
        }
    }

    /// <summary>Writes numbers as they lie in memory, a part at a time: a span of bytes has two billion at the most.</summary>
    public void Write(ReadOnlySpan<int> numbers)
    {
        for (; !numbers.IsEmpty; numbers = numbers[Math.Min(NumbersAtOnce, numbers.Length)..])
        {
            Write(MemoryMarshal.AsBytes(numbers[..Math.Min(NumbersAtOnce, numbers.Length)]));
        }
    }

    /// <summary>Has what is written next begin at a multiple of <see cref="SnapshotFormat.Alignment"/>.</summary>
    public void Align() => Write(Padding.AsSpan(0, (int)(SnapshotFormat.Align(_offset) - _offset)));

    /// <summary>Ends a part: all that was written since the one before.</summary>
    public SnapshotSection End()
    {
        Align();
        SnapshotSection section = new(_start, _offset - _start, _sum);
        _start = _offset;
        _sum = 0;
        return section;
    }

    /// <summary>Has what was written survive a loss of power.</summary>
    public void Flush() => file.Flush();
}
