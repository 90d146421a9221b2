using System.Net;

namespace LocalRetrieval.Rag;

/// <summary>
/// Makes of the HTML in a document what its reader sees: headings, lists, tables and code count as such, other tags are left out. An element
/// may be open over blocks of Markdown.
/// </summary>
internal sealed class HtmlMarkup(string source, string masked, SourceEdits edits, BlockMarks marks, CancellationToken cancellationToken)
{
    private readonly List<HtmlList> _lists = [];
    private HtmlTable? _table;
    private HtmlTag? _heading;
    private HtmlTag? _hidden;
    private int _hiddenDepth;
    private int _hiddenMarks;
    private int _preStart = -1;
    private bool _isInDefinition;
    private int _definitionStart;

    /// <summary>Whether what is read is the row of a table, which is one line.</summary>
    public bool IsInRow { get; set; }

    /// <summary>Whether a table is open.</summary>
    public bool IsInTable => _table is not null;

    private bool IsInCell => IsInRow || _table is not null;

    /// <summary>Tells of a block that is no text, and of the lines that fence it.</summary>
    public void EnterBlock(params ReadOnlySpan<TextRange> fences)
    {
        if (_table is not null)
        {
            _table.HasBlocks = true;
            foreach (TextRange fence in fences)
            {
                _table.AddFence(fence);
            }
        }
    }

    /// <summary>Reads a block of HTML.</summary>
    public void ReadBlock(TextRange range, bool isTop)
    {
        marks.Add(range.Start, DocumentBlockKind.Prose);
        int index = range.Start;
        HtmlTokenizer tags = new(masked, range.End, cancellationToken);
        while (tags.Next(index) is { } next)
        {
            // A tag whose text is Markdown is masked as a declaration.
            HtmlTag tag = masked[next.Range.Start + 1] == '!' && source[next.Range.Start + 1] != '!' ? HtmlTag.Create(next.Range, next.Range.Of(source).ToString()) : next;
            ReadText(new TextRange(index, tag.Range.Start));
            ReadTag(tag, isBlock: true, isTop);
            index = tag.Range.End;
            if (tag is { Name: "script" or "style", IsClosing: false })
            {
                index = tags.FindClosing(index, tag.Name);
                if (index == range.End)
                {
                    Hide(new TextRange(tag.Range.Start, range.End));
                    _hidden = null;
                }
            }
        }

        ReadText(new TextRange(index, range.End));
    }

    /// <summary>Reads a tag between text.</summary>
    public void ReadInline(TextRange range, string tag)
    {
        bool isElement = tag.Length > 2 && (char.IsAsciiLetter(tag[1]) || tag[1] == '/');
        ReadTag(isElement ? HtmlTag.Create(range, tag) : new HtmlTag(range, "", IsClosing: false, ""), isBlock: false, isTop: false);
    }

    /// <summary>Ends what is still open.</summary>
    public void End()
    {
        _table?.WriteLayout(edits);
        _table = null;
        _hidden = null;
        _lists.Clear();
        if (_preStart >= 0)
        {
            marks.Add(_preStart, DocumentBlockKind.Code);
            _preStart = -1;
        }
    }

    private void ReadTag(HtmlTag tag, bool isBlock, bool isTop)
    {
        if (IsInHidden(tag))
        {
            return;
        }

        if (!IsInRow && HtmlTable.IsPart(tag.Name) && (_table is not null || tag is { Name: "table", IsClosing: false }))
        {
            ReadTablePart(tag);
            return;
        }

        switch (tag.Name)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6" when isBlock && isTop && _table is null:
                ReadHeading(tag);
                break;
            case "ul" or "ol" or "menu":
                ReadList(tag);
                break;
            case "li" when !tag.IsClosing:
                ReadItem(tag);
                break;
            case "dd" when !IsInCell:
                _isInDefinition = !tag.IsClosing;
                _definitionStart = tag.Range.End;
                Break(tag, tag.IsClosing ? "" : ": ");
                break;
            case "pre":
                ReadPre(tag);
                break;
            case "br":
                ReadLineBreak(tag);
                break;
            case "img":
                edits.Replace(tag.Range, tag.Attribute("alt") is { Length: > 0 } alt ? alt : tag.Attribute("title") ?? "");
                break;
            default:
                ReadOther(tag, isBlock);
                break;
        }
    }

    private void ReadOther(HtmlTag tag, bool isBlock)
    {
        if (isBlock && _table is null && _heading is null && _preStart < 0 && HtmlBlocks.IsBlock(tag.Name))
        {
            _isInDefinition &= tag.Name is not ("dt" or "dl");
            if (tag.Name is not ("dt" or "summary") && !_isInDefinition)
            {
                marks.Add(tag.Range.Start, DocumentBlockKind.Prose);
            }

            TextRange before = new(_definitionStart, tag.Range.Start);
            if (_isInDefinition && before.Of(source).IsWhiteSpace())
            {
                edits.Hide(before with { End = tag.Range.End });
                return;
            }

            Break(tag);
        }
        else if (HtmlBlocks.IsBlock(tag.Name) && _preStart < 0)
        {
            edits.Part(tag.Range);
        }
        else if (_preStart >= 0 || tag.Name.Length > 0)
        {
            edits.Hide(tag.Range);
        }
        else
        {
            edits.HideInline(tag.Range);
        }
    }

    /// <summary>Whether a tag starts, ends or stands in an element that is not shown; what does is hidden as a whole once it ends.</summary>
    private bool IsInHidden(HtmlTag tag)
    {
        if (_hidden is not { } hidden)
        {
            if (tag.IsClosing || tag.Name.Length == 0 || tag.Text.EndsWith("/>", StringComparison.Ordinal) || tag.Name is "img" or "input" or "br" or "hr" || !tag.IsHidden)
            {
                return false;
            }

            _hidden = tag;
            _hiddenDepth = 1;
            _hiddenMarks = marks.Count;
            edits.Hide(tag.Range);
            return true;
        }

        if (tag.Name == hidden.Name)
        {
            _hiddenDepth += tag.IsClosing ? -1 : 1;
            if (_hiddenDepth == 0)
            {
                Hide(new TextRange(hidden.Range.Start, tag.Range.End));
                _hidden = null;
                return true;
            }
        }

        edits.Hide(tag.Range);
        return true;
    }

    /// <summary>Hides an element, and the blocks and headings in it.</summary>
    private void Hide(TextRange range)
    {
        edits.Hide(range);
        if (marks.Count > _hiddenMarks)
        {
            marks.Truncate(_hiddenMarks);
            marks.Add(range.End, DocumentBlockKind.Prose);
        }
    }

    private void ReadHeading(HtmlTag tag)
    {
        Break(tag);
        if (!tag.IsClosing)
        {
            marks.Add(tag.Range.Start, DocumentBlockKind.Prose);
            _heading = tag;
        }
        else if (_heading is { } heading && heading.Name == tag.Name)
        {
            marks.AddHeading(new TextRange(heading.Range.End, tag.Range.Start), heading.Name[1] - '0', text: null);
            _heading = null;
        }
    }

    private void ReadList(HtmlTag tag)
    {
        if (!tag.IsClosing)
        {
            _lists.Add(new HtmlList(tag));
        }
        else if (_lists.Count > 0)
        {
            _lists.RemoveAt(_lists.Count - 1);
        }

        Break(tag);
        if (tag.IsClosing && _lists.Count == 0 && !IsInCell)
        {
            marks.Add(tag.Range.End, DocumentBlockKind.Prose);
        }
    }

    private void ReadItem(HtmlTag tag)
    {
        string marker = _lists.Count > 0 ? _lists[^1].NextMarker() : "- ";
        if (IsInCell)
        {
            edits.Part(tag.Range, marker);
            return;
        }

        marks.Add(tag.Range.Start, DocumentBlockKind.Prose);
        Break(tag, new string(' ', 2 * Math.Clamp(_lists.Count - 1, 0, 16)) + marker);
    }

    private void ReadPre(HtmlTag tag)
    {
        EnterBlock();
        if (IsInRow)
        {
            edits.Part(tag.Range);
            return;
        }

        if (!tag.IsClosing)
        {
            _preStart = tag.Range.End;
        }
        else if (_preStart >= 0)
        {
            marks.Add(_preStart, DocumentBlockKind.Code);
            marks.Add(tag.Range.Start, DocumentBlockKind.Prose);
            _preStart = -1;
        }

        if (_table is not null)
        {
            _table.Add(tag);
        }
        else
        {
            Break(tag);
        }
    }

    private void ReadTablePart(HtmlTag tag)
    {
        _table ??= new HtmlTable(tag.Range.Start, marks.Count);
        _table.Add(tag);
        if (_table.Depth > 0)
        {
            return;
        }

        HtmlTable table = _table;
        _table = null;
        if (table.IsLayout || !table.HasCells || marks.HasTakenOut(table.Start, tag.Range.End))
        {
            table.WriteLayout(edits);
            return;
        }

        _preStart = -1;
        marks.Truncate(table.Marks);
        HtmlTableWriter rows = table.Write(source, edits);
        marks.Add(table.Start, DocumentBlockKind.Prose);
        marks.Add(rows.FirstRow, DocumentBlockKind.Table, rows.HeaderEnd);
        marks.Add(tag.Range.End, DocumentBlockKind.Prose);
    }

    private void ReadText(TextRange range)
    {
        if (range.IsEmpty || _hidden is not null)
        {
            return;
        }

        if (_preStart < 0 && _table is null)
        {
            HideIndentation(range);
        }

        for (int index = range.Start; index < range.End && source.AsSpan(index, range.End - index).IndexOf('&') is var next and >= 0;)
        {
            index += next;
            int length = source.AsSpan(index, Math.Min(32, range.End - index)).IndexOf(';') + 1;
            string entity = length > 2 ? source.Substring(index, length) : "";
            string decoded = WebUtility.HtmlDecode(entity);
            if (decoded != entity)
            {
                ReplaceEntity(new TextRange(index, index + length), decoded);
            }

            index += Math.Max(1, length);
        }
    }

    /// <summary>Puts what an entity stands for in its place.</summary>
    public void ReplaceEntity(TextRange range, string text) =>
        edits.Replace(range, text switch
        {
            "\u00A0" => " ",
            "|" when IsInCell => @"\|",
            _ => text,
        });

    private void HideIndentation(TextRange range)
    {
        for (int line = range.Start; line < range.End; line = TextLines.NextLine(source, line))
        {
            int end = line;
            while (end < range.End && source[end] is ' ' or '\t')
            {
                end++;
            }

            if (line > 0 && source[line - 1] is '\r' or '\n')
            {
                edits.Hide(new TextRange(line, end));
            }
        }
    }

    private void ReadLineBreak(HtmlTag tag)
    {
        if (IsInCell)
        {
            edits.Part(tag.Range);
            return;
        }

        bool isInLine = _heading is not null || tag.Range.End >= source.Length || source[tag.Range.End] is '\r' or '\n';
        edits.Replace(tag.Range, isInLine ? " " : "\n");
    }

    /// <summary>Parts a block, which starts with <paramref name="text"/>, from what stands before it.</summary>
    private void Break(HtmlTag tag, string text = "")
    {
        if (IsInCell)
        {
            edits.Part(tag.Range, text);
            return;
        }

        int index = tag.Range.Start;
        while (index > 0 && source[index - 1] is ' ' or '\t')
        {
            index--;
        }

        bool isAtLineStart = index == 0 || source[index - 1] is '\r' or '\n';
        bool isAtLineEnd = tag.IsClosing && tag.Range.End < source.Length && source[tag.Range.End] is '\r' or '\n';
        edits.Replace(tag.Range, (isAtLineStart || isAtLineEnd ? "" : "\n") + text);
    }
}
