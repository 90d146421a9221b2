namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

/// <summary>The graph of the paper as its pseudo code has it: lists of rows, a comparison at a time, in double precision.</summary>
internal sealed class NaiveHnsw(Func<int, int, double> nearness, int m, int efConstruction, Func<int, int> levelOf)
{
    private readonly List<List<int>[]> _neighbors = [];
    private int _entry = -1;

    public int Count => _neighbors.Count;

    public void Add()
    {
        int row = Count;
        int level = levelOf(row);
        _neighbors.Add([.. Enumerable.Range(0, level + 1).Select(_ => new List<int>())]);
        if (_entry < 0)
        {
            _entry = row;
            return;
        }

        double Near(int other) => nearness(row, other);
        int top = _neighbors[_entry].Length - 1;
        List<int> found = [_entry];
        for (int at = top; at > level; at--)
        {
            found = SearchLayer(Near, found, 1, at);
        }

        for (int at = Math.Min(top, level); at >= 0; at--)
        {
            found = SearchLayer(Near, found, efConstruction, at);
            _neighbors[row][at] = Choose(row, found, m, keeps: true);
            foreach (int neighbor in _neighbors[row][at])
            {
                List<int> own = _neighbors[neighbor][at];
                own.Add(row);
                if (own.Count > (at == 0 ? 2 * m : m))
                {
                    _neighbors[neighbor][at] = Choose(neighbor, own, at == 0 ? 2 * m : m, keeps: false);
                }
            }
        }

        _entry = level > top ? row : _entry;
    }

    public List<int> Search(Func<int, double> near, int top, int ef)
    {
        List<int> found = [_entry];
        for (int at = _neighbors[_entry].Length - 1; at > 0; at--)
        {
            found = SearchLayer(near, found, 1, at);
        }

        return [.. SearchLayer(near, found, ef, 0).Take(top)];
    }

    private List<int> SearchLayer(Func<int, double> near, List<int> entries, int ef, int level)
    {
        HashSet<int> visited = [.. entries];
        List<int> candidates = [.. entries];
        List<int> found = [.. entries];
        while (candidates.Count > 0)
        {
            int nearest = candidates.MaxBy(near);
            candidates.Remove(nearest);
            if (near(nearest) < near(found.MinBy(near)))
            {
                break;
            }

            foreach (int neighbor in _neighbors[nearest][level].Where(visited.Add))
            {
                if (found.Count < ef || near(neighbor) > near(found.MinBy(near)))
                {
                    candidates.Add(neighbor);
                    found.Add(neighbor);
                    if (found.Count > ef)
                    {
                        found.Remove(found.MinBy(near));
                    }
                }
            }
        }

        return [.. found.OrderByDescending(near)];
    }

    private List<int> Choose(int row, IEnumerable<int> candidates, int most, bool keeps)
    {
        List<int> chosen = [];
        List<int> passed = [];
        foreach (int candidate in candidates.Where(candidate => candidate != row).OrderByDescending(candidate => nearness(row, candidate)).ThenBy(candidate => candidate))
        {
            (chosen.All(other => nearness(candidate, other) <= nearness(candidate, row)) ? chosen : passed).Add(candidate);
        }

        return [.. chosen.Concat(keeps ? passed : []).Take(most)];
    }
}
