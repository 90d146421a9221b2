using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Persistence;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Collections;

/// <summary>Tells whether records are written alike, so that one of them need not be written again.</summary>
internal sealed class RecordComparison<TRecord>(RecordModel model, RecordMapper<TRecord> mapper)
    where TRecord : class
{
    private readonly ByteWriter _one = new();
    private readonly ByteWriter _other = new();
    private RowCodec? _rows;

    /// <param name="one">A record.</param>
    /// <param name="other">A record of the same key.</param>
    /// <returns>False also where both mean the same and are not written so, as may be of sets.</returns>
    public bool AreAlike(TRecord one, TRecord other)
    {
        // A store in memory alone keeps what cannot be written, and never asks.
        _rows ??= new RowCodec(model);
        using UpsertBatch<TRecord> both = new(model, mapper);
        both.Add(one);
        both.Add(other);
        _one.Clear();
        _other.Clear();
        _rows.Write(_one, both.Rows, 0);
        _rows.Write(_other, both.Rows, 1);
        return _one.Written.SequenceEqual(_other.Written);
    }
}
