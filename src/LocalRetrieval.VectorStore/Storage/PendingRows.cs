using System.Buffers;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>Records on their way into a table: the store's own values, and vectors in buffers that are given back on disposal.</summary>
internal sealed class PendingRows(RecordModel model) : IDisposable
{
    private readonly List<object?[]> _values = [];
    private readonly Dictionary<(int Row, int Column), SparseEmbedding> _sparse = [];
    private readonly float[][] _vectors = [.. model.VectorColumns.Select(_ => Array.Empty<float>())];

    public int Count => _values.Count;

    /// <summary>What made the vectors, by column; null where they were given, or where it is not known.</summary>
    public EncoderFingerprint?[] Encoders { get; } = new EncoderFingerprint?[model.VectorColumns.Length];

    /// <summary>Adds a row without vectors.</summary>
    /// <param name="values">The row's values by slot, which the table keeps.</param>
    /// <returns>The row's index.</returns>
    public int Add(object?[] values)
    {
        _values.Add(values);
        return _values.Count - 1;
    }

    public object?[] GetValues(int row) => _values[row];

    public void SetVector(int row, VectorProperty property, ReadOnlySpan<float> vector)
    {
        int start = checked(row * property.Dimensions);
        if (_vectors[property.Column].Length < start + vector.Length)
        {
            Grow(property.Column, start + vector.Length);
        }

        vector.CopyTo(_vectors[property.Column].AsSpan(start));
    }

    /// <summary>Adds a sparse vector, which the table keeps.</summary>
    public void SetSparse(int row, VectorProperty property, SparseEmbedding vector) => _sparse[(row, property.Column)] = vector;

    /// <summary>A row's dense vector, which was set where the values have something in the property's slot.</summary>
    public ReadOnlySpan<float> GetVector(int row, VectorProperty property) =>
        _vectors[property.Column].AsSpan(row * property.Dimensions, property.Dimensions);

    /// <summary>A row's sparse vector, which was set where the values have something in the property's slot.</summary>
    public SparseEmbedding GetSparse(int row, VectorProperty property) => _sparse[(row, property.Column)];

    public void Dispose()
    {
        foreach (ref float[] vectors in _vectors.AsSpan())
        {
            ArrayPool<float>.Shared.Return(vectors);
            vectors = [];
        }
    }

    private void Grow(int column, int length)
    {
        float[] grown = ArrayPool<float>.Shared.Rent(Math.Max(length, _vectors[column].Length * 2));
        _vectors[column].CopyTo(grown, 0);
        ArrayPool<float>.Shared.Return(_vectors[column]);
        _vectors[column] = grown;
    }
}
