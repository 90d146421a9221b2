using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.MultiVectors;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>The vectors of a column of several a record, until the group is written.</summary>
/// <param name="format">How vectors are written.</param>
/// <param name="mostRows">How many rows the group can have.</param>
internal sealed class TokenBuffer(TokenFormat format, int mostRows)
{
    private readonly ByteWriter _vectors = new();
    private readonly ByteWriter _scales = new();
    private readonly byte[] _presence = new byte[GroupLayout.PresenceLength(mostRows)];
    private readonly List<int> _ends = [];

    /// <summary>How many vectors there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take.</summary>
    public int Length => _vectors.Length + _scales.Length;

    /// <summary>Adds the vectors of the next row.</summary>
    /// <param name="isThere">Whether it has an embedding, be it one of no vectors.</param>
    /// <param name="row">Its vectors; none where it has none.</param>
    public void Add(bool isThere, TokenRow row)
    {
        _vectors.Write(format.IsQuantized ? MemoryMarshal.AsBytes(row.Codes) : MemoryMarshal.AsBytes(row.Floats));
        _scales.Write(MemoryMarshal.AsBytes(row.Scales));
        _presence[_ends.Count / 8] |= (byte)((isThere ? 1 : 0) << (_ends.Count % 8));
        Count += row.Count;
        _ends.Add(Count);
    }

    /// <summary>Writes the column, and begins the next one.</summary>
    public void Write(SnapshotOutput output)
    {
        output.Write(_vectors.Written);
        output.Align();
        output.Write(_scales.Written);
        output.Align();
        output.Write(_presence.AsSpan(0, GroupLayout.PresenceLength(_ends.Count)));
        output.Align();
        output.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_ends)));
        output.Align();
        Clear();
    }

    private void Clear()
    {
        _vectors.Clear();
        _scales.Clear();
        Array.Clear(_presence);
        _ends.Clear();
        Count = 0;
    }
}
