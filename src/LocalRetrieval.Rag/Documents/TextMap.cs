namespace LocalRetrieval.Rag;

/// <summary>Where a text that was made of another one, by leaving out and putting in, stands in that.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class TextMap
{
    private readonly TextSegment[] _segments;

    internal TextMap(IEnumerable<TextSegment> segments) => _segments = [.. segments];

    /// <summary>Where a range of the text that starts at <paramref name="offset"/> starts in the source, in UTF-16 units.</summary>
    /// <param name="offset">The first unit of the range.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    public int SourceStart(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (_segments.Length == 0)
        {
            return 0;
        }

        TextSegment segment = SegmentAt(offset);
        return segment.IsCopied ? segment.Source.Start + (offset - segment.Start) : segment.Source.Start;
    }

    /// <summary>Where a range of the text that ends before <paramref name="end"/> ends in the source, in UTF-16 units.</summary>
    /// <param name="end">The unit behind the last of the range.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="end"/> is negative.</exception>
    public int SourceEnd(int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(end);
        if (end == 0 || _segments.Length == 0)
        {
            return 0;
        }

        TextSegment segment = SegmentAt(end - 1);
        return segment.IsCopied ? segment.Source.Start + (end - segment.Start) : segment.Source.End;
    }

    private TextSegment SegmentAt(int offset)
    {
        int low = 0;
        int high = _segments.Length;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _segments[middle].Start <= offset ? (middle, high) : (low, middle);
        }

        return _segments[low];
    }
}
