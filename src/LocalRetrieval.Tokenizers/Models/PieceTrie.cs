namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Finds the pieces that a text begins with, the shortest first: a trie over UTF-16 units in one hash table.</summary>
internal sealed class PieceTrie
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private readonly ulong[] _edges;
    private readonly int[] _children;
    private readonly int[] _ids;
    private readonly int _shift;

    public PieceTrie(IReadOnlyCollection<KeyValuePair<string, int>> pieces)
    {
        Dictionary<ulong, int> children = [];
        List<int> ids = [-1];
        foreach ((string piece, int id) in pieces)
        {
            int node = 0;
            foreach (char unit in piece)
            {
                ulong edge = Edge(node, unit);
                if (!children.TryGetValue(edge, out int child))
                {
                    child = ids.Count;
                    children[edge] = child;
                    ids.Add(-1);
                }

                node = child;
            }

            ids[node] = id;
        }

        int bits = 4;
        while (1 << bits < children.Count * 2)
        {
            bits++;
        }

        _ids = [.. ids];
        _edges = new ulong[1 << bits];
        _children = new int[1 << bits];
        _shift = 64 - bits;
        foreach ((ulong edge, int child) in children)
        {
            int slot = Slot(edge);
            while (_edges[slot] != 0)
            {
                slot = (slot + 1) & (_edges.Length - 1);
            }

            (_edges[slot], _children[slot]) = (edge, child);
        }
    }

    /// <summary>Goes from a node, 0 at first, to the one that a unit leads to.</summary>
    /// <param name="node">The node, which becomes the next one.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="id">The piece that ends at the new node, -1 where none does.</param>
    /// <returns>Whether there is such a node.</returns>
    public bool TryStep(ref int node, char unit, out int id)
    {
        ulong edge = Edge(node, unit);
        ulong[] edges = _edges;
        for (int slot = Slot(edge); edges[slot] != 0; slot = (slot + 1) & (edges.Length - 1))
        {
            if (edges[slot] == edge)
            {
                node = _children[slot];
                id = _ids[node];
                return true;
            }
        }

        id = -1;
        return false;
    }

    private static ulong Edge(int node, char unit) => (((ulong)node << 16) | unit) + 1;

    private int Slot(ulong edge) => (int)((edge * Factor) >> _shift);
}
