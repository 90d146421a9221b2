namespace LocalRetrieval.VectorData.MultiVectors;

/// <summary>The vectors of a column of a snapshot, of several a record.</summary>
/// <param name="format">How vectors are written.</param>
/// <param name="groups">The groups' vectors, as they stand in the file.</param>
/// <param name="firstRows">The first row of each group.</param>
internal sealed class StoredTokens(TokenFormat format, StoredTokens.Group[] groups, int[] firstRows) : TokenRows
{
    public override long Count { get; } = groups.Sum(group => (long)group.Vectors.Length / format.VectorLength);

    public override TokenRow Find(int row)
    {
        int index = Array.BinarySearch(firstRows, row);
        index = index < 0 ? ~index - 1 : index;
        Group group = groups[index];
        int place = row - firstRows[index];
        ReadOnlySpan<int> ends = group.Ends.Span;
        int start = place == 0 ? 0 : ends[place - 1];
        int count = ends[place] - start;
        ReadOnlySpan<float> scales = format.IsQuantized ? group.Scales.Span.Slice(start, count) : default;
        return format.RowOf(count, group.Vectors.Span.Slice(start * format.VectorLength, count * format.VectorLength), scales);
    }

    /// <summary>The vectors of a group.</summary>
    /// <param name="Ends">Where those of each row end, counted in vectors.</param>
    /// <param name="Scales">The scales, where there are any.</param>
    /// <param name="Vectors">The numbers.</param>
    internal readonly record struct Group(ReadOnlyMemory<int> Ends, ReadOnlyMemory<float> Scales, ReadOnlyMemory<byte> Vectors);
}
