namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>A query of <see cref="WholeVectors"/>: its values, or a row that stands in its place.</summary>
internal sealed unsafe class WholeVectorQuery : RowQuery
{
    private readonly float[]? _values;
    private readonly RowAddresses? _owner;
    private readonly nint _address;
    private readonly int _dimensions;

    /// <param name="values">The query; of length 1 for the cosine.</param>
    /// <param name="scale">What each sum is multiplied with.</param>
    public WholeVectorQuery(float[] values, float scale)
    {
        _values = values;
        Scale = scale;
    }

    /// <param name="owner">Keeps the memory alive.</param>
    /// <param name="address">Where the row lies.</param>
    /// <param name="dimensions">Its dimensions.</param>
    /// <param name="scale">What each sum is multiplied with: the row's scale for the cosine.</param>
    public WholeVectorQuery(RowAddresses owner, nint address, int dimensions, float scale)
    {
        _owner = owner;
        _address = address;
        _dimensions = dimensions;
        Scale = scale;
    }

    public float Scale { get; }

    public ReadOnlySpan<float> Values
    {
        get
        {
            GC.KeepAlive(_owner);
            return _values ?? new ReadOnlySpan<float>((void*)_address, _dimensions);
        }
    }
}
