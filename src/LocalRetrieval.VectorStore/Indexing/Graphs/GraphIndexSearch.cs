using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>One search of a <see cref="GraphIndex"/>: each query finds its way through the graph, or is compared with all rows that can match.</summary>
internal sealed class GraphIndexSearch
{
    // Beyond this share of all rows, even of few, a walk that keeps so many costs what a comparison of all costs.
    private const int ShareKept = 4;

    // More threads share a comparison of all, and would make it quicker; but then all of them were busy with one search.
    private const int MostThreadsCounted = 4;

    // What only each row can answer, a filter or whether it is still there, may be no for all that lie near: so much of a comparison of all is spent until that is done instead.
    private const int ShareWalked = 8;

    // About a third as many rows are compared for each that is kept: who needs more is refused nearly everywhere.
    private const int MostComparedForKept = 48;

    // How many rows are kept for each that is asked for, where whole vectors are compared on the way. Of those that codes find, the whole vectors choose: as many for each as were measured to be enough.
    private const double WholeForKept = 1.5;

    // A filtered walk keeps more: to find as many where few match, or where what matches is far from the query and looks much alike from there. Over 100,000 texts it then finds .97 and more.
    private const int EasyFactor = 3;
    private const int HardFactor = 24;
    private const double HardShare = .02;

    // What matches is far where the query's neighbourhood has so little of the share that the whole has.
    private const double FarShare = .25;

    // Where so few rows do not match, the graph is walked as if all did.
    private const double ShareAsAll = .9;

    private readonly VectorIndexSearch _search;
    private readonly GraphParts _parts;
    private readonly int _dimensions;
    private readonly int _known;
    private readonly int _ef;
    private readonly int _matching;
    private CandidateSet? _candidates;

    /// <param name="search">What is asked.</param>
    /// <param name="parts">What searches share.</param>
    /// <param name="ef">How many near rows a search keeps.</param>
    public GraphIndexSearch(VectorIndexSearch search, GraphParts parts, int ef)
    {
        _search = search;
        _parts = parts;
        _dimensions = parts.Dimensions;
        _known = parts.Graph.Count;
        double forKept = parts.Rows.AreWhole ? WholeForKept : Math.Max(WholeForKept, (double)ef / GraphTuning.Top);
        _ef = (int)Math.Max(ef, Math.Min(int.MaxValue, forKept * search.Options.Kept));
        int own = search.Candidates is { } candidates ? candidates.AsSpan().BinarySearch(Math.Min(_known, search.Rows)) : 0;
        _matching = own < 0 ? ~own : own;
    }

    private CandidateSet Candidates => LazyInitializer.EnsureInitialized(ref _candidates, () => new CandidateSet(_search.Candidates!, _matching));

    public RowScore[][] Run(CancellationToken cancellationToken)
    {
        try
        {
            return IsWorthIt() ? FindAll(cancellationToken) : CompareAll(_search.Queries, cancellationToken);
        }
        finally
        {
            _candidates?.Dispose();
        }
    }

    private RowScore[][] FindAll(CancellationToken cancellationToken)
    {
        RowScore[]?[] found = new RowScore[_search.Queries.Length / _dimensions][];
        RowScore[][]? unknown = CompareUnknown(cancellationToken);
        if (found.Length == 1)
        {
            found[0] = Find(0, unknown, cancellationToken);
        }
        else
        {
            OnThreads.Run(found.Length, _parts.Exact.MaxThreads, query => found[query] = Find(query, unknown, cancellationToken), cancellationToken);
        }

        CompareRest(found, cancellationToken);
        return found!;
    }

    private bool IsWorthIt()
    {
        int rows = Math.Min(_known, _search.Rows);
        if (_parts.Graph.Entry.Row == HnswGraph.None || _ef >= rows / ShareKept || IsFarBehind() || PrefersAll(rows))
        {
            return false;
        }

        return _search.Candidates is null || (_matching > _ef && !PrefersList(_matching < HardShare * _known));
    }

    // Where most rows are compared anyhow, the others cost less than a walk with all that comes with it.
    private bool IsFarBehind() => _search.Candidates is { } candidates ? candidates.Length - _matching > _matching : _search.Rows - _known > _known;

    // Of so few that one thread compares them at once, it does not matter.
    private bool PrefersAll(int rows) =>
        rows * (long)_dimensions > ExactSearch.ComponentsInPlace && _parts.Costs.PrefersAll(rows, _ef, Math.Min(MostThreadsCounted, _parts.Exact.MaxThreads));

    private bool PrefersList(bool isHard)
    {
        int threads = _matching * (long)_dimensions > ExactSearch.ComponentsInPlace ? _parts.Exact.MaxThreads : 1;
        return _parts.Costs.PrefersList(_known, _matching, isHard, _ef, isHard ? HardFactor : EasyFactor, threads);
    }

    /// <summary>The rows for a query; null where the graph does not lead to as many as are asked for.</summary>
    private RowScore[]? Find(int query, RowScore[][]? unknown, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlyMemory<float> own = _search.Queries.Slice(query * _dimensions, _dimensions);
        GraphBuffers buffers = _parts.Buffers.TryTake(out GraphBuffers? pooled) ? pooled : new GraphBuffers();
        List<int>? rows = Walk(_parts.Rows.Vectors.Prepare(own.Span), buffers, cancellationToken);
        if (!buffers.IsLarge)
        {
            _parts.Buffers.Add(buffers);
        }

        if (rows is null || rows.Count < _search.Options.Kept)
        {
            return null;
        }

        if (MayZerosBeNear(rows, own, cancellationToken))
        {
            AddZeros(rows);
        }

        foreach (RowScore row in unknown?[query] ?? [])
        {
            rows.Add(row.Row);
        }

        rows.Sort();
        return _parts.Exact.SearchRows(_search.Blocks, rows.ToArray(), own, _search.Options with { Accepts = null }, cancellationToken)[0];
    }

    private List<int>? Walk(RowQuery query, GraphBuffers buffers, CancellationToken cancellationToken)
    {
        if (!_search.IsFiltered)
        {
            if (!WalkTo(query, accepts: null, int.MaxValue, buffers, cancellationToken))
            {
                return null;
            }

            if (AcceptedOf(buffers.Found) is { } accepted)
            {
                return accepted;
            }
        }

        return WalkTo(query, Accepts, Math.Max(2 * _ef, _known / ShareWalked), buffers, cancellationToken) ? RowsOf(buffers.Found) : null;
    }

    private bool WalkTo(RowQuery query, Func<int, bool>? accepts, int most, GraphBuffers buffers, CancellationToken cancellationToken)
    {
        if (_search.Candidates is not null && _matching < ShareAsAll * _known)
        {
            return WalkCandidates(query, accepts, buffers, cancellationToken);
        }

        buffers.Clear(_known, _ef);
        ulong entry = _parts.Walk.Descend(query, 0, _known, buffers);
        if (entry == 0)
        {
            return false;
        }

        GraphSearch.Begin(entry, buffers);
        _parts.Walk.Keep(entry, _known, accepts, buffers.Found);
        bool isDone = _parts.Walk.Search(query, _known, accepts, most, buffers, cancellationToken);
        if (accepts is null)
        {
            _parts.Costs.NotePlain(buffers.Visited.Count, _ef);
        }

        return isDone;
    }

    private bool WalkCandidates(RowQuery query, Func<int, bool>? accepts, GraphBuffers buffers, CancellationToken cancellationToken)
    {
        ulong entry = _parts.Walk.Descend(query, 0, _known, buffers);
        if (entry == 0)
        {
            return false;
        }

        double share = (double)_matching / _known;
        bool isFew = share < HardShare;
        bool isHard = isFew || _parts.FilteredWalk.ShareNear(entry, Candidates, _known) < FarShare * share;
        if (isHard && !isFew && PrefersList(isHard))
        {
            return false;
        }

        int kept = (isHard ? HardFactor : EasyFactor) * _ef;
        buffers.Clear(_known, kept);
        int most = accepts is null ? int.MaxValue : (int)Math.Min(int.MaxValue, Math.Max((long)MostComparedForKept * kept, _matching / ShareWalked));
        return WalkAccepted(query, entry, isHard, accepts, most, buffers, cancellationToken);
    }

    // What is refused although it is on the list says nothing of other filters of its share, so what it cost is not counted for those.
    private bool WalkAccepted(RowQuery query, ulong entry, bool isHard, Func<int, bool>? accepts, int most, GraphBuffers buffers, CancellationToken cancellationToken)
    {
        int accepted = 0;
        int refused = 0;
        bool isDone = _parts.FilteredWalk.Search(query, entry, Candidates, _known, accepts is null ? null : CountedAccepts, most, buffers, out int passed, cancellationToken);
        if (isDone && refused <= accepted)
        {
            _parts.Costs.NoteFiltered(_known, _matching, isHard, buffers.Visited.Count - passed, passed);
        }

        return isDone;

        bool CountedAccepts(int row)
        {
            bool isAccepted = accepts!(row);
            accepted += isAccepted ? 1 : 0;
            refused += isAccepted ? 0 : 1;
            return isAccepted;
        }
    }

    /// <summary>The nearest ones found that the reader sees; null where many are not for it, so that they took the places of others.</summary>
    /// <remarks>To ask here, and not on the way, is to ask of few.</remarks>
    private List<int>? AcceptedOf(NearRows found)
    {
        int wanted = _parts.Rows.AreWhole ? _search.Options.Kept : found.Count;
        List<int> accepted = new(Math.Min(wanted, found.Count));
        int refused = 0;
        foreach (ulong key in found.Keys)
        {
            int row = NearKey.RowOf(key);
            if (Accepts(row))
            {
                accepted.Add(row);
                if (accepted.Count == wanted)
                {
                    break;
                }
            }
            else
            {
                refused++;
            }
        }

        return accepted.Count >= _search.Options.Kept && refused <= accepted.Count ? accepted : null;
    }

    private List<int> RowsOf(NearRows found)
    {
        ReadOnlySpan<ulong> keys = _parts.Rows.AreWhole ? found.Keys[..Math.Min(found.Count, _search.Options.Kept)] : found.Keys;
        List<int> rows = new(keys.Length);
        foreach (ulong key in keys)
        {
            rows.Add(NearKey.RowOf(key));
        }

        return rows;
    }

    private bool Accepts(int row) =>
        row < _search.Rows && (_search.Candidates is null || Candidates.Contains(row)) && _search.Options.Accepts?.Invoke(row) != false;

    /// <summary>Whether rows of zero vectors, which all are equally near, are as near as the last of those that are asked for.</summary>
    private bool MayZerosBeNear(List<int> found, ReadOnlyMemory<float> query, CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> zeros = _parts.Zeros.Rows;
        if (zeros.IsEmpty || zeros[0] >= Math.Min(_known, _search.Rows))
        {
            return false;
        }

        found.Sort();
        RowScore zero = _parts.Exact.SearchRows(_search.Blocks, new[] { zeros[0] }, query, new RowSearchOptions { Top = 1 }, cancellationToken)[0][0];
        RowScore[] nearest = _parts.Exact.SearchRows(_search.Blocks, found.ToArray(), query, new RowSearchOptions { Top = _search.Options.Kept }, cancellationToken)[0];
        return nearest.Length < _search.Options.Kept || _parts.Measure.Passes(zero.Score, nearest[^1].Score);
    }

    // All of them are equally near: the first ones are as good as any.
    private void AddZeros(List<int> rows)
    {
        int added = 0;
        foreach (int row in _parts.Zeros.Rows)
        {
            if (row >= _known || added == _search.Options.Kept)
            {
                break;
            }

            if (Accepts(row))
            {
                rows.Add(row);
                added++;
            }
        }
    }

    /// <summary>The nearest of the rows that the graph does not know yet, for all queries in one pass; null where it knows all.</summary>
    private RowScore[][]? CompareUnknown(CancellationToken cancellationToken)
    {
        if (_known >= _search.Rows)
        {
            return null;
        }

        RowSearchOptions options = new() { Top = _search.Options.Kept, Accepts = _search.Options.Accepts };
        return _search.Candidates is { } candidates
            ? _parts.Exact.SearchRows(_search.Blocks, candidates.AsMemory(_matching), _search.Queries, options, cancellationToken)
            : _parts.Exact.Search(BlocksFrom(_known), _search.Queries, options, cancellationToken);
    }

    private RowBlock[] BlocksFrom(int row)
    {
        List<RowBlock> blocks = [];
        foreach (RowBlock block in _search.Blocks)
        {
            if (block.FirstRow + block.Count > row)
            {
                blocks.Add(block.From(Math.Max(0, row - block.FirstRow), _dimensions));
            }
        }

        return [.. blocks];
    }

    private void CompareRest(RowScore[]?[] found, CancellationToken cancellationToken)
    {
        int[] rest = [.. Enumerable.Range(0, found.Length).Where(query => found[query] is null)];
        if (rest.Length == 0)
        {
            return;
        }

        float[] queries = new float[rest.Length * _dimensions];
        for (int i = 0; i < rest.Length; i++)
        {
            _search.Queries.Slice(rest[i] * _dimensions, _dimensions).CopyTo(queries.AsMemory(i * _dimensions));
        }

        RowScore[][] compared = CompareAll(queries, cancellationToken);
        for (int i = 0; i < rest.Length; i++)
        {
            found[rest[i]] = compared[i];
        }
    }

    private RowScore[][] CompareAll(ReadOnlyMemory<float> queries, CancellationToken cancellationToken) => _search.Candidates is { } candidates
        ? _parts.Exact.SearchRows(_search.Blocks, candidates, queries, _search.Options, cancellationToken)
        : _parts.Exact.Search(_search.Blocks, queries, _search.Options, cancellationToken);
}
