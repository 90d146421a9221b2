namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The ids of tokens and, where they are kept, their ranges.</summary>
/// <remarks>One call's work space: not thread-safe, reused from call to call.</remarks>
internal sealed class TokenBuffer
{
    private int[] _ids = [];
    private int[] _starts = [];
    private int[] _ends = [];

    /// <summary>Whether ranges are kept.</summary>
    public bool TracksRanges { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Starts over, empty.</summary>
    public void Reset(bool tracksRanges)
    {
        TracksRanges = tracksRanges;
        Count = 0;
    }

    /// <summary>Adds a token with the range of the text that it covers.</summary>
    public void Add(int id, int start, int end)
    {
        if (Count == _ids.Length || (TracksRanges && Count >= _starts.Length))
        {
            Grow();
        }

        if (TracksRanges)
        {
            _starts[Count] = start;
            _ends[Count] = end;
        }

        _ids[Count++] = id;
    }

    /// <summary>Drops the tokens from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => Count = count;

    public TokenOffset Range(int index) => new(_starts[index], _ends[index]);

    public void SetRange(int index, TokenOffset range) => (_starts[index], _ends[index]) = (range.Start, range.End);

    private void Grow()
    {
        int capacity = Math.Max(16, Count == _ids.Length ? Count * 2 : _ids.Length);
        Array.Resize(ref _ids, capacity);
        if (TracksRanges)
        {
            Array.Resize(ref _starts, capacity);
            Array.Resize(ref _ends, capacity);
        }
    }
}
