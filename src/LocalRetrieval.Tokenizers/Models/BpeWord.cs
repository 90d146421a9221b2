namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The symbols of a word on their way from characters to tokens.</summary>
/// <remarks>One call's work space: not thread-safe, reused from call to call.</remarks>
internal sealed class BpeWord
{
    /// <summary>From how many symbols on a queue is faster than looking through all pairs for each merge.</summary>
    private const int QueueFrom = 48;

    /// <summary>The longest word whose buffers are kept, in symbols.</summary>
    private const int LongestKept = 1 << 18;

    [ThreadStatic]
    private static BpeWord? s_ofThread;

    private int[] _ids = new int[64];
    private int[] _lengths = new int[64];
    private int[] _ranks = new int[64];
    private int[] _merged = new int[64];
    private int[] _previous = [];
    private int[] _next = [];
    private readonly PriorityQueue<(int Position, int Merged), long> _queue = new();

    /// <summary>The thread's word, empty.</summary>
    public static BpeWord OfThread
    {
        get
        {
            BpeWord? word = s_ofThread;
            if (word is null || word._ids.Length > LongestKept)
            {
                word = s_ofThread = new BpeWord();
            }

            word.Count = 0;
            return word;
        }
    }

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>How many bytes of the word, in UTF-8, each symbol covers.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    public void Add(int id, int length)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
            Array.Resize(ref _ranks, Count * 2);
            Array.Resize(ref _merged, Count * 2);
        }

        _ids[Count] = id;
        _lengths[Count++] = length;
    }

    /// <summary>Merges neighbours, the lowest rank first and of one rank the leftmost, until no two of them merge.</summary>
    public void Merge(BpeMergeTable merges)
    {
        if (Count < QueueFrom)
        {
            MergeByScan(merges);
        }
        else
        {
            MergeByQueue(merges);
        }
    }

    internal void MergeByScan(BpeMergeTable merges)
    {
        for (int i = 0; i + 1 < Count; i++)
        {
            _ranks[i] = merges.Rank(_ids[i], _ids[i + 1], out _merged[i]);
        }

        while (Count > 1)
        {
            ReadOnlySpan<int> ranks = _ranks.AsSpan(0, Count - 1);
            int best = 0;
            for (int i = 1; i < ranks.Length; i++)
            {
                best = ranks[i] < ranks[best] ? i : best;
            }

            if (ranks[best] == int.MaxValue)
            {
                return;
            }

            MergeAt(best, merges);
        }
    }

    internal void MergeByQueue(BpeMergeTable merges)
    {
        LinkAll();
        _queue.Clear();
        for (int i = 0; i + 1 < Count; i++)
        {
            Enqueue(i, i + 1, merges);
        }

        while (_queue.TryDequeue(out (int Position, int Merged) top, out _))
        {
            int left = top.Position;
            int right = _next[left];

            // Of a pair that has changed since, the merge is another one or none.
            if (_lengths[left] == 0 || right < 0
                || merges.Rank(_ids[left], _ids[right], out int merged) == int.MaxValue || merged != top.Merged)
            {
                continue;
            }

            _ids[left] = merged;
            _lengths[left] += _lengths[right];
            _lengths[right] = 0;
            _next[left] = _next[right];
            if (_next[left] >= 0)
            {
                _previous[_next[left]] = left;
                Enqueue(left, _next[left], merges);
            }

            if (_previous[left] >= 0)
            {
                Enqueue(_previous[left], left, merges);
            }
        }

        RemoveMerged();
    }

    private void MergeAt(int index, BpeMergeTable merges)
    {
        _ids[index] = _merged[index];
        _lengths[index] += _lengths[index + 1];
        int moved = Count - index - 2;
        Array.Copy(_ids, index + 2, _ids, index + 1, moved);
        Array.Copy(_lengths, index + 2, _lengths, index + 1, moved);
        Array.Copy(_ranks, index + 2, _ranks, index + 1, moved);
        Array.Copy(_merged, index + 2, _merged, index + 1, moved);
        Count--;
        if (index + 1 < Count)
        {
            _ranks[index] = merges.Rank(_ids[index], _ids[index + 1], out _merged[index]);
        }

        if (index > 0)
        {
            _ranks[index - 1] = merges.Rank(_ids[index - 1], _ids[index], out _merged[index - 1]);
        }
    }

    private void LinkAll()
    {
        if (_next.Length < Count)
        {
            _next = new int[_ids.Length];
            _previous = new int[_ids.Length];
        }

        for (int i = 0; i < Count; i++)
        {
            _previous[i] = i - 1;
            _next[i] = i + 1 < Count ? i + 1 : -1;
        }
    }

    private void Enqueue(int left, int right, BpeMergeTable merges)
    {
        int rank = merges.Rank(_ids[left], _ids[right], out int merged);
        if (rank != int.MaxValue)
        {
            _queue.Enqueue((left, merged), ((long)rank << 32) | (uint)left);
        }
    }

    private void RemoveMerged()
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_lengths[i] > 0)
            {
                _ids[kept] = _ids[i];
                _lengths[kept++] = _lengths[i];
            }
        }

        Count = kept;
    }
}
