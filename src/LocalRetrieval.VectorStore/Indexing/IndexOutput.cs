using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Writes what a <see cref="VectorIndex"/> has, value after value, as <see cref="IndexInput"/> reads it.</summary>
/// <param name="output">Takes it.</param>
/// <param name="cancellationToken">Ends the writing.</param>
internal sealed class IndexOutput(SnapshotOutput output, CancellationToken cancellationToken)
{
    private const int BytesAtOnce = 1 << 24;

    /// <summary>Writes values as they lie in memory, from a multiple of <see cref="SnapshotFormat.Alignment"/> on.</summary>
    public unsafe void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        output.Align();

        // A span of bytes has two billion at the most.
        int atOnce = BytesAtOnce / sizeof(T);
        for (; !values.IsEmpty; values = values[Math.Min(atOnce, values.Length)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(MemoryMarshal.AsBytes(values[..Math.Min(atOnce, values.Length)]));
        }
    }

    /// <summary>Writes a value.</summary>
    public void Write<T>(T value)
        where T : unmanaged => Write(new ReadOnlySpan<T>(in value));
}
