namespace LocalRetrieval.Rag;

/// <summary>The quotations and list items that a line of Markdown stands in, and how far its text is indented in them.</summary>
internal sealed class MarkdownContainers
{
    private const int TabWidth = 4;

    /// <summary>Behind the mark of an item, more space than this is the indentation of code.</summary>
    private const int MaxItemSpace = 4;

    // Each item by the depth of its quotation and the column, within that, at which its text starts; the innermost last.
    private readonly List<(int Depth, int Offset)> _items = [];

    private int _column;
    private int _space;
    private int _markColumn;
    private int _depthBefore;
    private bool _skipsSpace;
    private bool _inMark;

    /// <summary>How many quotations the line stands in so far.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the line opens an item.</summary>
    public bool IsItem { get; private set; }

    /// <summary>Whether the line opens a quotation or an item, in which no paragraph can go on.</summary>
    public bool IsNew => IsItem || Depth > _depthBefore;

    /// <summary>The innermost container: the depth of its quotation, and where the text of its item starts; 0 for no item.</summary>
    public (int Depth, int Offset) Current => (Depth, ItemOffset);

    /// <summary>How far the text that stands here is indented in the innermost item that it belongs to.</summary>
    public int Indent => !IsItem ? _column - ItemOffset : _space > MaxItemSpace ? _space - 1 : 0;

    private int ItemOffset => _items.FindLast(item => item.Depth == Depth && item.Offset <= _column).Offset;

    public void ReadSpace(char character)
    {
        int width = character == '\t' ? TabWidth - (_column % TabWidth) : 1;
        if (_skipsSpace)
        {
            // The first column behind the mark of a quotation belongs to the mark.
            width--;
            _skipsSpace = false;
        }

        _column += width;
        _space += width;
    }

    public void OpenQuote()
    {
        CloseItem();
        Depth++;
        (_column, _space, _skipsSpace) = (0, 0, true);
    }

    /// <summary>Reads a character of what may be the mark of an item.</summary>
    public void ReadMark()
    {
        if (!_inMark)
        {
            CloseItem();
            (_markColumn, _inMark) = (_column, true);
        }

        _skipsSpace = false;
        _column++;
    }

    /// <summary>What was read as a mark was one.</summary>
    public void OpenItem()
    {
        _items.RemoveAll(item => item.Depth > Depth || (item.Depth == Depth && item.Offset > _markColumn));
        (IsItem, _space, _inMark) = (true, 0, false);
    }

    /// <summary>The text of the line starts here.</summary>
    /// <param name="afterBlank">Whether no paragraph goes on that the line could belong to for all that it is indented less.</param>
    public void StartText(bool afterBlank)
    {
        if (_inMark)
        {
            (_column, _inMark) = (_markColumn, false);
        }

        if (IsItem)
        {
            CloseItem(keepsOpen: true);
        }
        else if (afterBlank)
        {
            _items.RemoveAll(item => item.Depth > Depth || (item.Depth == Depth && item.Offset > _column));
        }
    }

    /// <summary>Whether the text of the line stands outside of a container.</summary>
    public bool HasLeft((int Depth, int Offset) container) => Depth < container.Depth || (Depth == container.Depth && _column < container.Offset);

    public void EndLine()
    {
        CloseItem();
        (_depthBefore, Depth, _column, _space, _skipsSpace, _inMark) = (Depth, 0, 0, 0, false, false);
    }

    /// <summary>Notes where the text of an item starts.</summary>
    private void CloseItem(bool keepsOpen = false)
    {
        if (IsItem)
        {
            int space = _space is > 0 and <= MaxItemSpace ? _space : 1;
            int offset = _column - _space + space;
            if (_items.Count == 0 || _items[^1] != (Depth, offset))
            {
                _items.Add((Depth, offset));
            }

            IsItem = keepsOpen;
        }
    }
}
