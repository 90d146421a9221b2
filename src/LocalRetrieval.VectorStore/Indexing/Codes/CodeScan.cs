using System.Buffers;
using System.Numerics;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>One pass over codes: over those of the first rows, or of the rows of a list.</summary>
internal sealed class CodeScan : SharedScan<CodeScanBuffers>, IDisposable
{
    // What several queries after another are compared with stays in the first cache.
    private const int BytesOfTile = 24 * 1024;
    private const int MostRowsOfTile = 512;
    private const int TilesOfPiece = 32;

    private readonly RowCodes _codes;
    private readonly RowQuery _queries;
    private readonly int _queryCount;
    private readonly int[]? _list;
    private readonly int _rows;
    private readonly int _kept;
    private readonly Func<int, bool>? _accepts;
    private readonly int _tile;

    // For each query what the worst of some thread's best rows has: nobody needs rows that are less near, nor asks a filter of them.
    private readonly float[] _bounds;

    // How near all rows are, [query, row]; null where that is not kept.
    private float[]? _nearness;

    /// <param name="codes">The codes.</param>
    /// <param name="queries">What the codes made of all queries.</param>
    /// <param name="queryCount">How many those are.</param>
    /// <param name="list">The numbers of the rows to compare, ascending; null for the first ones.</param>
    /// <param name="rows">How many rows of the list, or of all, are compared.</param>
    /// <param name="kept">How many rows are found for each query.</param>
    /// <param name="accepts">Asked of rows that would be kept; safe for concurrent use. Null for all.</param>
    public CodeScan(RowCodes codes, RowQuery queries, int queryCount, int[]? list, int rows, int kept, Func<int, bool>? accepts)
    {
        _codes = codes;
        _queries = queries;
        _queryCount = queryCount;
        _list = list;
        _rows = rows;
        _kept = kept;
        _accepts = accepts;
        _tile = Math.Clamp(BytesOfTile / codes.BytesPerRow / 4 * 4, 16, MostRowsOfTile);
        _bounds = new float[queryCount];
        Array.Fill(_bounds, float.NegativeInfinity);
        Pieces = (int)((rows + (long)RowsOfPiece - 1) / RowsOfPiece);
    }

    /// <summary>How many rows are compared.</summary>
    public int Rows => _rows;

    /// <summary>Whether it is kept how near each row is, so that more of them can be found.</summary>
    public bool KeepsNearness
    {
        get => _nearness is not null;
        init => _nearness = value ? ArrayPool<float>.Shared.Rent(_rows * _queryCount) : null;
    }

    /// <summary>About how many bytes are compared.</summary>
    public long Bytes => (long)_rows * _codes.BytesPerRow * _queryCount;

    protected override int Pieces { get; }

    private int RowsOfPiece => TilesOfPiece * _tile;

    /// <summary>More of the best rows for a query than were found, after the pass and where nearness is kept.</summary>
    public TopRows FindMore(int query, int kept)
    {
        TopRows found = new(kept);
        ReadOnlySpan<float> nearness = NearnessTo(query);
        for (int i = 0; i < nearness.Length; i++)
        {
            if (nearness[i] >= found.Bound)
            {
                int row = _list is null ? i : _list[i];
                if (_accepts?.Invoke(row) != false)
                {
                    found.Offer(nearness[i], row);
                }
            }
        }

        return found;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _nearness, null) is { } nearness)
        {
            ArrayPool<float>.Shared.Return(nearness);
        }
    }

    protected override CodeScanBuffers CreateBuffers() => new(_queryCount, _tile, _kept);

    protected override TopRows[] FoundIn(CodeScanBuffers buffers) => buffers.Found;

    protected override void Scan(int piece, CodeScanBuffers buffers)
    {
        int start = piece * RowsOfPiece;
        for (int end = Math.Min(_rows, start + RowsOfPiece); start < end; start += _tile)
        {
            int count = Math.Min(_tile, end - start);
            Span<float> nearness = buffers.Nearness.AsSpan(0, _queryCount * count);
            Compare(start, count, nearness);
            for (int query = 0; query < _queryCount; query++)
            {
                ReadOnlySpan<float> own = nearness.Slice(query * count, count);
                OfferNear(query, start, own, buffers.Found[query]);
                if (KeepsNearness)
                {
                    own.CopyTo(NearnessTo(query)[start..]);
                }
            }
        }
    }

    private void Compare(int start, int count, Span<float> nearness)
    {
        if (_list is null)
        {
            _codes.CompareAll(_queries, start, count, nearness);
        }
        else
        {
            _codes.CompareAll(_queries, _list.AsSpan(start, count), nearness);
        }
    }

    private void OfferNear(int query, int start, ReadOnlySpan<float> nearness, TopRows found)
    {
        float shared = Volatile.Read(ref _bounds[query]);
        int i = 0;
        for (; i <= nearness.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // Nearly always no row of some is near enough.
            if (Vector.GreaterThanOrEqualAny(new Vector<float>(nearness[i..]), new Vector<float>(Math.Max(shared, (float)found.Bound))))
            {
                Offer(start + i, nearness.Slice(i, Vector<float>.Count), shared, found);
            }
        }

        Offer(start + i, nearness[i..], shared, found);
        Raise(ref _bounds[query], (float)found.Bound);
    }

    private void Offer(int start, ReadOnlySpan<float> nearness, float shared, TopRows found)
    {
        for (int i = 0; i < nearness.Length; i++)
        {
            int row = _list is null ? start + i : _list[start + i];
            if (nearness[i] >= shared && nearness[i] >= found.Bound && _accepts?.Invoke(row) != false)
            {
                found.Offer(nearness[i], row);
            }
        }
    }

    private Span<float> NearnessTo(int query) => _nearness.AsSpan(query * _rows, _rows);

    private static void Raise(ref float bound, float own)
    {
        for (float before = Volatile.Read(ref bound); own > before;)
        {
            float seen = Interlocked.CompareExchange(ref bound, own, before);
            before = seen == before ? own : seen;
        }
    }
}
