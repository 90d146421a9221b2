using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>Where the parts of a group stand: for each dense column its vectors, their scales and a bit for each row that has one; then where each row ends, and the rows.</summary>
internal sealed class GroupLayout
{
    private readonly long[] _vectors;
    private readonly long[] _scales;
    private readonly long[] _presence;

    /// <param name="columns">The vector properties by column; sparse ones have no place here.</param>
    /// <param name="rows">How many rows the group has.</param>
    public GroupLayout(VectorProperty[] columns, int rows)
    {
        _vectors = new long[columns.Length];
        _scales = new long[columns.Length];
        _presence = new long[columns.Length];
        long offset = 0;
        foreach (VectorProperty column in columns.Where(column => !column.IsSparse))
        {
            _vectors[column.Column] = Place(ref offset, (long)rows * column.Dimensions * SizeOf(column));
            _scales[column.Column] = Place(ref offset, (long)rows * sizeof(float));
            _presence[column.Column] = Place(ref offset, PresenceLength(rows));
        }

        Ends = Place(ref offset, (long)rows * sizeof(int));
        Rows = offset;
    }

    /// <summary>Where the ends of rows stand: an int32 each, from where the rows begin.</summary>
    public long Ends { get; }

    /// <summary>Where the rows begin.</summary>
    public long Rows { get; }

    public static int SizeOf(VectorProperty column) => column.IsHalf ? sizeof(ushort) : sizeof(float);

    public static int PresenceLength(int rows) => (rows + 7) / 8;

    public long VectorsOf(int column) => _vectors[column];

    public long ScalesOf(int column) => _scales[column];

    public long PresenceOf(int column) => _presence[column];

    private static long Place(ref long offset, long length)
    {
        long place = offset;
        offset = SnapshotFormat.Align(offset + length);
        return place;
    }
}
