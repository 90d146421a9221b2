namespace LocalRetrieval.Rag;

/// <summary>A table in HTML, of which it is known at its end whether its cells can stand on lines.</summary>
/// <param name="start">Where its tag starts.</param>
/// <param name="marks">How many blocks stood before it.</param>
internal sealed class HtmlTable(int start, int marks)
{
    private readonly List<HtmlTag> _tags = [];
    private readonly List<TextRange> _fences = [];
    private int _cells;
    private bool _hasColumns;

    public int Start => start;

    public int Marks => marks;

    /// <summary>Whether it holds code, lists, quotes or tables.</summary>
    public bool HasBlocks { get; set; }

    /// <summary>How many tables are open in it.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether it is but a frame around blocks.</summary>
    public bool IsLayout => HasBlocks && !_hasColumns;

    /// <summary>Whether it has cells.</summary>
    public bool HasCells { get; private set; }

    public static bool IsPart(string name) => name is "table" or "thead" or "tbody" or "tfoot" or "tr" or "th" or "td" or "caption" or "colgroup" or "col";

    /// <summary>Adds a line that fences code, which is not seen in a cell.</summary>
    public void AddFence(TextRange range) => _fences.Add(range);

    /// <summary>Adds a tag of a row, a cell or anything else that stands in its text.</summary>
    public void Add(HtmlTag tag)
    {
        _tags.Add(tag);
        if (tag.Name == "table")
        {
            Depth += tag.IsClosing ? -1 : 1;
            HasBlocks |= Depth > 1;
        }
        else if (Depth <= 1 && !tag.IsClosing)
        {
            bool isCell = tag.Name is "td" or "th";
            _cells = tag.Name == "tr" ? 0 : isCell ? _cells + 1 : _cells;
            _hasColumns |= _cells > 1;
            HasCells |= isCell;
        }
    }

    /// <summary>Leaves the tags out, each in a line of its own.</summary>
    public void WriteLayout(SourceEdits edits)
    {
        foreach (HtmlTag tag in _tags)
        {
            edits.Replace(tag.Range, "\n");
        }
    }

    /// <summary>Writes a row a line.</summary>
    public HtmlTableWriter Write(string source, SourceEdits edits)
    {
        foreach (TextRange fence in _fences)
        {
            edits.Hide(fence);
        }

        HtmlTableWriter writer = new(source, edits);
        writer.Write(_tags);
        return writer;
    }
}
