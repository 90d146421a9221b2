namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The ids of tokens and, where they are kept, their ranges.</summary>
/// <remarks>One call's work space: not thread-safe, reused from call to call.</remarks>
internal sealed class TokenBuffer
{
    private int[] _ids = new int[16];
    private TokenOffset[] _ranges = new TokenOffset[16];

    /// <summary>Whether ranges are kept.</summary>
    public bool TracksRanges { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The ranges, to be changed in place; without meaning where none are kept.</summary>
    public Span<TokenOffset> Ranges => _ranges.AsSpan(0, Count);

    /// <summary>Starts over, empty.</summary>
    public void Reset(bool tracksRanges)
    {
        TracksRanges = tracksRanges;
        Count = 0;
    }

    /// <summary>Adds a token with the range of the text that it covers.</summary>
    public void Add(int id, int start, int end)
    {
        if (Count == _ids.Length)
        {
            Grow(Count + 1);
        }

        if (TracksRanges)
        {
            _ranges[Count] = new TokenOffset(start, end);
        }

        _ids[Count++] = id;
    }

    /// <summary>Adds tokens with their ranges, which are looked at only where ranges are kept.</summary>
    public void Add(ReadOnlySpan<int> ids, ReadOnlySpan<TokenOffset> ranges)
    {
        if (Count + ids.Length > _ids.Length)
        {
            Grow(Count + ids.Length);
        }

        if (TracksRanges)
        {
            ranges.CopyTo(_ranges.AsSpan(Count));
        }

        ids.CopyTo(_ids.AsSpan(Count));
        Count += ids.Length;
    }

    /// <summary>Moves the ranges of the tokens from <paramref name="first"/> on.</summary>
    public void MoveRanges(int first, int by)
    {
        for (int i = first; TracksRanges && i < Count; i++)
        {
            _ranges[i] = new TokenOffset(_ranges[i].Start + by, _ranges[i].End + by);
        }
    }

    /// <summary>Drops the tokens from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => Count = count;

    private void Grow(int least)
    {
        int capacity = Math.Max(least, _ids.Length * 2);
        Array.Resize(ref _ids, capacity);
        Array.Resize(ref _ranges, capacity);
    }
}
