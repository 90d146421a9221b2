namespace LocalRetrieval.Rag;

/// <summary>The units of a section, and what is asked of runs of them.</summary>
internal sealed class SectionUnits
{
    private readonly string _text;
    private readonly ChunkBudget _budget;
    private readonly IReadOnlyList<DocumentBlock> _blocks;
    private readonly List<ChunkUnit> _units;
    private readonly long[] _tokensBefore;
    private readonly int[] _blockEnds;
    private readonly int[] _blockStarts;

    public SectionUnits(string text, ChunkBudget budget, IReadOnlyList<DocumentBlock> blocks, List<ChunkUnit> units)
    {
        _text = text;
        _budget = budget;
        _blocks = blocks;
        _units = units;
        _tokensBefore = new long[units.Count + 1];
        _blockEnds = new int[blocks.Count];
        _blockStarts = new int[blocks.Count];
        for (int unit = 0; unit < units.Count; unit++)
        {
            _tokensBefore[unit + 1] = _tokensBefore[unit] + units[unit].Tokens;
            _blockStarts[units[unit].Block] = StartsBlock(unit) ? unit : _blockStarts[units[unit].Block];
            _blockEnds[units[unit].Block] = unit + 1;
        }
    }

    public int Count => _units.Count;

    public ChunkUnit this[int unit] => _units[unit];

    public DocumentBlock BlockOf(int unit) => _blocks[_units[unit].Block];

    /// <summary>The tokens of a run, as the sum of its units'.</summary>
    public long Tokens(int start, int end) => _tokensBefore[end] - _tokensBefore[start];

    /// <summary>Where a run stands.</summary>
    public TextRange RangeOf(int start, int end) => new(_units[start].Range.Start, _units[end - 1].Range.End);

    /// <summary>Whether a unit is the first of its block.</summary>
    public bool StartsBlock(int unit) => unit == 0 || _units[unit - 1].Block != _units[unit].Block;

    /// <summary>Whether a unit is of a table that no chunk could hold as a whole.</summary>
    public bool IsOfLongTable(int unit) =>
        BlockOf(unit).Kind == DocumentBlockKind.Table && !HasRoom(_blockStarts[_units[unit].Block], _blockEnds[_units[unit].Block]);

    /// <summary>Behind the block that starts with a unit, where a chunk could hold all of it; else behind the unit.</summary>
    public int EndOfWhole(int unit)
    {
        int end = _blockEnds[_units[unit].Block];
        return StartsBlock(unit) && !_units[unit].IsPart && HasRoom(unit, end) ? end : unit + 1;
    }

    /// <summary>Whether a chunk of a run has room, going by the sum of its units.</summary>
    public bool HasRoom(int start, int end) =>
        Tokens(start, end) <= _budget.RoomFor(_units[start].Lead) && RangeOf(start, end).Length <= _budget.LengthFor(_units[start].Lead);

    /// <summary>Whether a chunk of a run fits, by its own count.</summary>
    public bool Fits(int start, int end, out int tokens) => _budget.Fits(_units[start].Lead, RangeOf(start, end).Of(_text), out tokens);
}
