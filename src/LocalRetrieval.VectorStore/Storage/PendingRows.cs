using System.Buffers;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.MultiVectors.FirstPass;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Storage;

/// <summary>Records on their way into a table: the store's own values, and vectors in buffers that are given back on disposal.</summary>
internal sealed class PendingRows(RecordModel model) : IDisposable
{
    private const int ComponentsPerBuffer = 1 << 16;

    private readonly List<object?[]> _values = [];
    private readonly Dictionary<(int Row, int Column), SparseEmbedding> _sparse = [];
    private readonly Dictionary<(int Row, int Column), TokenArray> _tokens = [];
    private readonly Dictionary<(int Row, int Column), TokenArray> _encoded = [];

    // Several buffers and no growing one: what is there is never copied again.
    private readonly List<float[]>[] _vectors = [.. model.VectorColumns.Select(_ => new List<float[]>())];

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
        List<float[]> buffers = _vectors[property.Column];
        int rowsPerBuffer = RowsPerBuffer(property);
        while (buffers.Count <= row / rowsPerBuffer)
        {
            buffers.Add(ArrayPool<float>.Shared.Rent(rowsPerBuffer * property.Dimensions));
        }

        vector.CopyTo(Find(buffers, row, property));
    }

    /// <summary>Adds a sparse vector, which the table keeps.</summary>
    public void SetSparse(int row, VectorProperty property, SparseEmbedding vector) => _sparse[(row, property.Column)] = vector;

    /// <summary>Adds several vectors, as the table stores them.</summary>
    public void SetTokens(int row, VectorProperty property, TokenArray vectors) => _tokens[(row, property.Column)] = vectors;

    /// <summary>Makes what chooses among the rows of a column of several vectors, as far as it is not there.</summary>
    /// <param name="column">The column.</param>
    /// <param name="pass">Makes it.</param>
    public void EncodeTokens(int column, FirstPassColumn pass)
    {
        foreach (KeyValuePair<(int Row, int Column), TokenArray> tokens in _tokens)
        {
            if (tokens.Key.Column == column && !_encoded.ContainsKey(tokens.Key))
            {
                _encoded[tokens.Key] = pass.Encode(tokens.Value.Row);
            }
        }
    }

    /// <summary>Takes over what was made before of the rows of a column of several vectors.</summary>
    /// <param name="column">The column.</param>
    /// <param name="find">Finds it by a row's key; null where it is not there.</param>
    public void TakeEncoded(int column, Func<object, TokenArray?> find)
    {
        foreach ((int row, int ofColumn) in _tokens.Keys)
        {
            if (ofColumn == column && find(_values[row][0]!) is { } encoded)
            {
                _encoded[(row, column)] = encoded;
            }
        }
    }

    /// <summary>A row's dense vector, which was set where the values have something in the property's slot.</summary>
    public ReadOnlySpan<float> GetVector(int row, VectorProperty property) => Find(_vectors[property.Column], row, property);

    /// <summary>A row's sparse vector, which was set where the values have something in the property's slot.</summary>
    public SparseEmbedding GetSparse(int row, VectorProperty property) => _sparse[(row, property.Column)];

    /// <summary>A row's several vectors, which were set where the values have something in the property's slot.</summary>
    public TokenRow GetTokens(int row, VectorProperty property) => _tokens[(row, property.Column)].Row;

    /// <summary>What <see cref="EncodeTokens"/> made of them; null where it was not asked to.</summary>
    public TokenArray? FindEncoded(int row, VectorProperty property) => _encoded.GetValueOrDefault((row, property.Column));

    public void Dispose()
    {
        foreach (List<float[]> buffers in _vectors)
        {
            buffers.ForEach(buffer => ArrayPool<float>.Shared.Return(buffer));
            buffers.Clear();
        }
    }

    private static int RowsPerBuffer(VectorProperty property) => Math.Max(1, ComponentsPerBuffer / property.Dimensions);

    private static Span<float> Find(List<float[]> buffers, int row, VectorProperty property)
    {
        (int buffer, int place) = Math.DivRem(row, RowsPerBuffer(property));
        return buffers[buffer].AsSpan(place * property.Dimensions, property.Dimensions);
    }
}
