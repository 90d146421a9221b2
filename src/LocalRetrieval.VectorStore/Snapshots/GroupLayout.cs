using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Snapshots;

/// <summary>
/// Where the parts of a group stand: for each dense column its vectors, their scales and a bit for each row that has one; for each of several vectors a record these, their scales, those bits and
/// where each row's end; then where each row ends, and the rows.
/// </summary>
internal sealed class GroupLayout
{
    private readonly long[] _vectors;
    private readonly long[] _scales;
    private readonly long[] _presence;
    private readonly long[] _vectorEnds;

    /// <param name="columns">The vector properties by column; sparse ones have no place here.</param>
    /// <param name="rows">How many rows the group has.</param>
    /// <param name="vectors">How many vectors these have by column, of several a record.</param>
    public GroupLayout(VectorProperty[] columns, int rows, int[] vectors)
    {
        _vectors = new long[columns.Length];
        _scales = new long[columns.Length];
        _presence = new long[columns.Length];
        _vectorEnds = new long[columns.Length];
        long offset = 0;
        foreach (VectorProperty column in columns.Where(column => !column.IsSparse))
        {
            _vectors[column.Column] = Place(ref offset, column.IsMulti ? (long)vectors[column.Column] * column.Tokens.VectorLength : (long)rows * column.Dimensions * SizeOf(column));
            _scales[column.Column] = Place(ref offset, ScalesOf(column, rows, vectors) * sizeof(float));
            _presence[column.Column] = Place(ref offset, PresenceLength(rows));
            _vectorEnds[column.Column] = Place(ref offset, column.IsMulti ? (long)rows * sizeof(int) : 0);
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

    /// <summary>Where it stands where each row's vectors end, of several a record: an int32 each, counted in vectors.</summary>
    public long VectorEndsOf(int column) => _vectorEnds[column];

    private static long ScalesOf(VectorProperty column, int rows, int[] vectors) =>
        !column.IsMulti ? rows : column.Tokens.IsQuantized ? vectors[column.Column] : 0;

    private static long Place(ref long offset, long length)
    {
        long place = offset;
        offset = SnapshotFormat.Align(offset + length);
        return place;
    }
}
