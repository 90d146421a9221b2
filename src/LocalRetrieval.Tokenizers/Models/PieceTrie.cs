namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Finds the pieces that a text begins with, the shortest first: a trie over UTF-16 units in one hash table.</summary>
internal sealed class PieceTrie
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private readonly Edge[] _edges;
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
                ulong key = Key(node, unit);
                if (!children.TryGetValue(key, out int child))
                {
                    child = ids.Count;
                    children[key] = child;
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

        _edges = new Edge[1 << bits];
        _shift = 64 - bits;
        foreach ((ulong key, int child) in children)
        {
            int slot = Slot(key);
            while (_edges[slot].Key != 0)
            {
                slot = (slot + 1) & (_edges.Length - 1);
            }

            _edges[slot] = new Edge(key, child, ids[child]);
        }
    }

    /// <summary>Goes from a node, 0 at first, to the one that a unit leads to.</summary>
    /// <param name="node">The node, which becomes the next one.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="id">The piece that ends at the new node, -1 where none does.</param>
    /// <returns>Whether there is such a node.</returns>
    public bool TryStep(ref int node, char unit, out int id)
    {
        ulong key = Key(node, unit);
        Edge[] edges = _edges;
        for (int slot = Slot(key); edges[slot].Key != 0; slot = (slot + 1) & (edges.Length - 1))
        {
            if (edges[slot].Key == key)
            {
                (node, id) = (edges[slot].Child, edges[slot].Id);
                return true;
            }
        }

        id = -1;
        return false;
    }

    private static ulong Key(int node, char unit) => (((ulong)node << 16) | unit) + 1;

    private int Slot(ulong key) => (int)((key * Factor) >> _shift);

    /// <param name="Key">The node and the unit that lead to the child; 0 where there is no edge.</param>
    /// <param name="Child">The child.</param>
    /// <param name="Id">The piece that ends at the child, -1 where none does.</param>
    private readonly record struct Edge(ulong Key, int Child, int Id);
}
