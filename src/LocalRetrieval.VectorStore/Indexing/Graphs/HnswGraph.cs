namespace LocalRetrieval.VectorData.Indexing.Graphs;

/// <summary>A hierarchical navigable small world over rows: which are neighbours at which level.</summary>
/// <remarks>
/// After Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small world graphs" (2016). A row that is equal to one that is there is no
/// part of the graph, but stands in a chain behind it: else many equal rows would be neighbours of none but one another.
/// Readers take no lock. A neighbour is one number, written when the row it names is complete; a list that is being rewritten has rows that are, or were, neighbours.
/// </remarks>
internal sealed partial class HnswGraph
{
    /// <summary>The highest level that a row can have.</summary>
    public const int MostLevels = 13;

    /// <summary>In the place of a neighbour or of a twin: there is none.</summary>
    public const int None = -1;

    private const int LevelBits = 4;
    private const int LevelMask = (1 << LevelBits) - 1;
    private const int MostUpper = int.MaxValue >> LevelBits;
    private const int TwinLevel = 14;
    private const int AbsentLevel = 15;

    private readonly IntBlocks _lowest;
    private readonly IntBlocks _upper;
    private readonly IntBlocks _places;
    private readonly IntBlocks _twins;
    private long _entry = -1;
    private int _upperCount;
    private int _count;

    public HnswGraph(GraphSettings settings)
    {
        Settings = settings;
        _lowest = new IntBlocks(settings.MostAt(0), None);
        _upper = new IntBlocks(settings.MostAt(1), None);
        _places = new IntBlocks(1, AbsentLevel);
        _twins = new IntBlocks(1, None);
    }

    public GraphSettings Settings { get; }

    /// <summary>Rows below this number are in the graph, or never will be. A reader passes over others.</summary>
    public int Count
    {
        get => Volatile.Read(ref _count);
        set => Volatile.Write(ref _count, value);
    }

    /// <summary>Whether any row has equal ones behind it.</summary>
    public bool HasTwins { get; private set; }

    /// <summary>The memory that it takes, in bytes.</summary>
    public long Bytes => _lowest.Bytes + _upper.Bytes + _places.Bytes + _twins.Bytes;

    /// <summary>Where searches begin, and the highest level that this row stands at; <see cref="None"/> where the graph is empty.</summary>
    public (int Row, int Level) Entry
    {
        get
        {
            long entry = Volatile.Read(ref _entry);
            return ((int)entry, (int)(entry >> 32));
        }
        set => Volatile.Write(ref _entry, value.Row == None ? -1 : ((long)value.Level << 32) | (uint)value.Row);
    }

    /// <summary>Whether a row has neighbours, or is to have some.</summary>
    public bool IsNode(int row) => LevelOf(row) <= MostLevels;

    /// <summary>Whether a row stands in the chain behind an equal one.</summary>
    public bool IsTwin(int row) => LevelOf(row) == TwinLevel;

    /// <summary>The highest level of a node.</summary>
    public int LevelOf(int row) => _places[row][0] & LevelMask;

    /// <summary>The next one of equal rows; <see cref="None"/> at the end.</summary>
    public int TwinOf(int row) => Volatile.Read(ref _twins[row][0]);

    /// <summary>The neighbours of a node at a level it stands at, up to the first <see cref="None"/>.</summary>
    public Span<int> Neighbors(int row, int level) => level == 0 ? _lowest[row] : _upper[(_places[row][0] >> LevelBits) + level - 1];

    /// <summary>Where the neighbours of a node at the lowest level lie.</summary>
    public nint AddressOf(int row) => _lowest.AddressOf(row);

    /// <summary>Makes room for rows below a number, at the lowest level.</summary>
    public void EnsureCapacity(int rows)
    {
        _lowest.EnsureCapacity(rows);
        _places.EnsureCapacity(rows);
        _twins.EnsureCapacity(rows);
    }

    /// <summary>Makes a row a node without neighbours. Nobody may know of it yet.</summary>
    public void AddNode(int row, int level)
    {
        // A graph of some hundred million rows has no place for more lists: its later rows stand at the lowest level alone.
        level = Math.Min(level, MostUpper - _upperCount);
        _places[row][0] = (_upperCount << LevelBits) | level;
        _upperCount += level;
        _upper.EnsureCapacity(_upperCount);
    }

    /// <summary>Has a row be no node any more. Whoever is there still finds its neighbours.</summary>
    public void Remove(int row) => _places[row][0] |= AbsentLevel;

    /// <summary>Puts a row at the end of the chain behind a node that is equal to it, whose lock is held.</summary>
    public void AddTwin(int node, int row)
    {
        // The neighbours of a twin are nobody's: the first one notes there which is the last.
        int first = TwinOf(node);
        int last = first == None ? node : _lowest[first][0];
        _places[row][0] = TwinLevel;
        _lowest[row].Fill(None);
        _lowest[first == None ? row : first][0] = row;
        Volatile.Write(ref _twins[last][0], row);
        HasTwins = true;
    }

    /// <summary>Takes rows out of the chain behind a node. Whoever is at one of them still finds the next.</summary>
    public void KeepTwins(int node, Func<int, bool> isKept)
    {
        int last = node;
        for (int twin = TwinOf(node); twin != None; twin = TwinOf(twin))
        {
            if (!isKept(twin))
            {
                _places[twin][0] = AbsentLevel;
                continue;
            }

            Volatile.Write(ref _twins[last][0], twin);
            last = twin;
        }

        Volatile.Write(ref _twins[last][0], None);
        if (last != node)
        {
            _lowest[TwinOf(node)][0] = last;
        }
    }

    /// <summary>Hashes all that is there, for a comparison with another graph.</summary>
    public ulong Hash()
    {
        ulong hash = (ulong)_entry;
        for (int row = 0; row < Count; row++)
        {
            hash = Mix(Mix(hash, (uint)_places[row][0]), (uint)_twins[row][0]);
            for (int level = 0; level <= (IsNode(row) ? LevelOf(row) : 0); level++)
            {
                foreach (int neighbor in Neighbors(row, level))
                {
                    hash = Mix(hash, (uint)neighbor);
                }
            }
        }

        return hash;

        static ulong Mix(ulong hash, uint value) => (hash ^ value) * 0x0000_0100_0000_01B3;
    }
}
