namespace LocalRetrieval.Rag;

/// <summary>Makes blocks of items: one of each that is short, and those inside of each that is long.</summary>
internal sealed class CodeBlocks
{
    private const int MaxTokens = 160;
    private const int MaxPreambleTokens = 60;
    private const int MaxHeaderTokens = 24;
    private const int MaxNumberTokens = 24;
    private const int MaxCommentTokens = 30;
    private const int MaxNesting = 64;
    private const int MaxHeadings = 8;

    private readonly string _text;
    private readonly CancellationToken _cancellationToken;
    private readonly CodeSize _size;
    private readonly NumberTables _numbers;
    private readonly SectionBuilder _sections = new();
    private readonly List<DocumentBlock> _preamble = [];
    private long _preambleTokens;
    private bool _hasHeading;
    private int _count;

    private CodeBlocks(string text, CancellationToken cancellationToken)
    {
        _text = text;
        _cancellationToken = cancellationToken;
        _size = new CodeSize(text, cancellationToken);
        _numbers = new NumberTables(text, _size, MaxNumberTokens);
    }

    /// <summary>The content of a program with these outermost items.</summary>
    public static DocumentContent Write(string text, List<CodeItem> items, CancellationToken cancellationToken)
    {
        CodeBlocks blocks = new(text, cancellationToken);
        return new DocumentContent { Text = text, Sections = blocks.Write(items), Warnings = blocks._numbers.Warnings };
    }

    private IReadOnlyList<DocumentSection> Write(List<CodeItem> items)
    {
        int level = 1;
        CodeItem? rest = items.Find(item => item.HoldsRest);
        if (rest?.Name is { } name)
        {
            _sections.Enter(level++, name, block: null);
        }

        WriteItems(items, TextLines.SkipByteOrderMark(_text), _text.Length, level, nesting: 0);
        FlushPreamble();
        return _sections.Build();
    }

    private void WriteItems(List<CodeItem> items, int start, int end, int level, int nesting)
    {
        int statement = -1;
        for (int index = 0; index < items.Count; index++)
        {
            if (++_count % 1024 == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            if (statement < index)
            {
                statement = items.FindIndex(index, item => !item.IsElement);
                statement = statement < 0 ? int.MaxValue : statement;
            }

            if (statement < items.Count && _size.Between(start, items[statement].Start) <= MaxTokens)
            {
                // Parameters stay with the first statement of the body.
                index = statement;
            }

            int itemEnd = index + 1 < items.Count ? items[index + 1].Start : end;
            WriteItem(items[index], start, itemEnd, level, nesting);
            start = itemEnd;
        }

        AddBlock(start, end);
    }

    /// <summary>Writes an item, with what stands before it from <paramref name="start"/> on.</summary>
    private void WriteItem(CodeItem item, int start, int end, int level, int nesting)
    {
        bool isWhole = nesting == MaxNesting || item.Children.Count == 0;
        int header = start;
        if (IsLong(start, end) && start < item.Start && (isWhole || item.Name is not null || !IsLong(item.Start, end)))
        {
            // The first line of what is around a long declaration stands with that rather than by itself.
            bool isKept = !isWhole && level <= MaxHeadings && item.Name is not null && IsLong(item.Start, end) && _size.Between(start, item.Start) <= MaxHeaderTokens;
            if (!isKept)
            {
                AddBlock(start, item.Start);
                header = item.Start;
            }

            start = item.Start;
        }

        if (!IsLong(start, end))
        {
            if (item.Name is not null && !item.HoldsRest)
            {
                // A declaration of its own is no preamble of the next.
                FlushPreamble();
                _hasHeading = true;
            }

            AddBlock(start, end);
            return;
        }

        string? name = isWhole || level > MaxHeadings ? null : item.Name;
        if (name is not null)
        {
            Enter(level, name);
            AddBlock(header, start);
        }

        if (item.CodeStart > start && _size.Between(start, item.CodeStart) > MaxCommentTokens)
        {
            // So that not the comment and the first lines of the code are cut somewhere.
            AddBlock(start, item.CodeStart);
            start = item.CodeStart;
        }

        if (isWhole || !IsLong(start, end))
        {
            AddBlock(start, end);
        }
        else
        {
            WriteItems(item.Children, start, end, name is null ? level : level + 1, nesting + 1);
        }

        if (name is not null)
        {
            _sections.Enter(level, "", block: null);
        }
    }

    private bool IsLong(int start, int end) => _size.Between(start, end) > MaxTokens;

    private void Enter(int level, string name)
    {
        if (_preambleTokens > MaxPreambleTokens)
        {
            FlushPreamble();
        }

        _sections.Enter(level, name, block: null);
        FlushPreamble();
        _hasHeading = true;
    }

    /// <summary>What stands before the first long declaration is kept back: where it is short, such as a few imports, it goes with that.</summary>
    private void AddBlock(int start, int end)
    {
        foreach (TextRange range in _numbers.Without(new TextRange(start, end)))
        {
            DocumentBlock block = new() { Offset = range.Start, Length = range.Length, Kind = DocumentBlockKind.Code };
            if (_hasHeading)
            {
                _sections.Add(block);
            }
            else
            {
                _preamble.Add(block);
                _preambleTokens += _size.Between(start, end);
            }
        }
    }

    private void FlushPreamble()
    {
        foreach (DocumentBlock block in _preamble)
        {
            _sections.Add(block);
        }

        _preamble.Clear();
        _preambleTokens = 0;
    }
}
