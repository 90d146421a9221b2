using System.Globalization;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Builds what a reader gives of a format that is no text: appends blocks, and keeps ranges and headings.</summary>
/// <remarks>
/// <para>A heading that nothing stands below becomes a block of its own, and the title tops the heading path where no first heading says the
/// same. White space at the ends of blocks, and blocks of nothing else, are left out. A text beyond
/// <see cref="DocumentReadingOptions.MaxExpandedBytes"/>, two bytes a character, is refused.</para>
/// <para>Not safe for concurrent use.</para>
/// </remarks>
public sealed class DocumentContentBuilder
{
    private readonly DocumentContext _context;
    private readonly DocumentMetadata _metadata;
    private readonly SectionBuilder _sections;
    private readonly StringBuilder _text = new();
    private readonly List<DocumentWarning> _warnings = [];
    private int _tableStart = -1;
    private int _tableHeader;
    private bool _isAfterItem;

    /// <summary>A builder of the content of one document.</summary>
    /// <param name="context">The document's name and limits.</param>
    /// <param name="metadata">What it says of itself; null for nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is null.</exception>
    public DocumentContentBuilder(DocumentContext context, DocumentMetadata? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _metadata = metadata ?? DocumentMetadata.None;
        _sections = new SectionBuilder(_metadata.Title);
    }

    /// <summary>The page, slide or sheet that what is added stands on, from 1; null for none.</summary>
    public int? Page { get; set; }

    /// <summary>Why there is nothing to find in the document, told where that is so; see <see cref="DocumentContent.EmptyReason"/>.</summary>
    public string? EmptyReason { get; set; }

    /// <summary>Adds a heading.</summary>
    /// <param name="level">From 1, the outermost.</param>
    /// <param name="text">Its text; one without text only ends those of its level and below.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is below 1.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddHeading(int level, string text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentNullException.ThrowIfNull(text);
        string heading = HeadingPaths.Clean(text);
        _sections.Enter(level, heading, heading.Length == 0 ? null : Append(heading, DocumentBlockKind.Heading, isItem: false));
    }

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddParagraph(string text) => Add(text, DocumentBlockKind.Prose, isItem: false);

    /// <summary>Adds an item of a list.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="depth">How many items it lies in.</param>
    /// <param name="number">Its number, or null for a bullet.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is negative.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddListItem(string text, int depth = 0, int? number = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        ThrowIfTableOpen();
        string item = text.Trim();
        if (item.Length > 0)
        {
            string marker = number is { } ordinal ? ordinal.ToString(CultureInfo.InvariantCulture) + ". " : "- ";
            _text.Append(_isAfterItem ? "\n" : Gap).Append(' ', 2 * Math.Min(depth, 16));
            _sections.Add(AppendHere(marker + item, DocumentBlockKind.Prose, isItem: true));
        }
    }

    /// <summary>Adds code, or another text whose lines and indentation count.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddCode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string code = text.TrimEnd();
        int start = 0;
        while (start < code.Length && TextLines.NextLine(code, start) is var next && string.IsNullOrWhiteSpace(code[start..next]))
        {
            start = next;
        }

        if (start < code.Length)
        {
            _sections.Add(Append(code[start..], DocumentBlockKind.Code, isItem: false));
        }
    }

    /// <summary>Adds lines that stand for themselves.</summary>
    /// <param name="text">The lines.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddLines(string text) => Add(text, DocumentBlockKind.Lines, isItem: false);

    /// <summary>Starts a table, whose rows are added by <see cref="AddTableRow"/> until <see cref="EndTable"/>.</summary>
    /// <param name="header">The names of its columns; null or empty where they are not known.</param>
    /// <exception cref="InvalidOperationException">The table before has not ended.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void BeginTable(IReadOnlyList<string>? header)
    {
        ThrowIfTableOpen();

        _text.Append(Gap);
        _tableStart = _text.Length;
        _tableHeader = 0;
        if (header is { Count: > 0 } && !header.All(string.IsNullOrWhiteSpace))
        {
            AppendRow(header);
            _tableHeader = _text.Length - _tableStart;
        }
    }

    /// <summary>Adds a row to the open table; one whose cells are all blank is left out.</summary>
    /// <param name="cells">The texts of its cells.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cells"/> is null.</exception>
    /// <exception cref="InvalidOperationException">No table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddTableRow(IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ThrowIfNoTable();

        if (!cells.All(string.IsNullOrWhiteSpace))
        {
            if (_text.Length > _tableStart)
            {
                _text.Append('\n');
            }

            AppendRow(cells);
        }
    }

    /// <summary>Ends the open table.</summary>
    /// <exception cref="InvalidOperationException">No table is open.</exception>
    public void EndTable()
    {
        ThrowIfNoTable();

        if (_text.Length > _tableStart)
        {
            int length = _text.Length - _tableStart;
            _sections.Add(new DocumentBlock
            {
                Offset = _tableStart,
                Length = length,
                Kind = DocumentBlockKind.Table,
                HeaderLength = _tableHeader,
                Page = Page,
            });
        }

        _isAfterItem = false;
        _tableStart = -1;
    }

    /// <summary>Adds the content of a document that lies in this one, such as a mail's attachment; its metadata and warnings are left to the caller.</summary>
    /// <param name="level">The level of its outermost headings; what is added next stands above them.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    /// <exception cref="InvalidDataException">The text is longer than the limit.</exception>
    public void AddContent(int level, DocumentContent content)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentNullException.ThrowIfNull(content);
        if (content.Sections.Count == 0)
        {
            return;
        }

        int start = Append(content.Text, DocumentBlockKind.Prose, isItem: false).Offset;
        foreach (DocumentSection section in content.Sections)
        {
            _sections.Enter(level, section.HeadingPath ?? "", block: null);
            foreach (DocumentBlock block in section.Blocks)
            {
                _sections.Add(block with { Offset = start + block.Offset });
            }
        }

        _sections.Enter(level, "", block: null);
    }

    /// <summary>Adds a warning.</summary>
    /// <param name="message">What was read in another way than meant, and what was made of it.</param>
    /// <param name="line">The line in the document's own text, from 1; null where it has none.</param>
    public void Warn(string message, int? line = null) => _warnings.Add(new DocumentWarning { Message = message, Line = line });

    /// <summary>The content.</summary>
    /// <exception cref="InvalidOperationException">A table is open.</exception>
    public DocumentContent Build()
    {
        ThrowIfTableOpen();

        IReadOnlyList<DocumentSection> sections = _sections.Build();
        return new DocumentContent
        {
            Text = _text.ToString(),
            Sections = sections,
            Metadata = _metadata,
            Warnings = _warnings.ToArray(),
            EmptyReason = sections.Count == 0 ? EmptyReason : null,
        };
    }

    private string Gap => _text.Length == 0 ? "" : "\n\n";

    private void Add(string text, DocumentBlockKind kind, bool isItem)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.Length > 0)
        {
            _sections.Add(Append(trimmed, kind, isItem));
        }
    }

    private DocumentBlock Append(string text, DocumentBlockKind kind, bool isItem)
    {
        ThrowIfTableOpen();

        _text.Append(Gap);
        return AppendHere(text, kind, isItem);
    }

    private DocumentBlock AppendHere(string text, DocumentBlockKind kind, bool isItem)
    {
        int offset = _text.Length;
        _text.Append(text);
        _isAfterItem = isItem;
        ThrowIfTooLong();
        return new DocumentBlock { Offset = offset, Length = text.Length, Kind = kind, Page = Page };
    }

    private void AppendRow(IReadOnlyList<string> cells)
    {
        _text.Append('|');
        foreach (string cell in cells)
        {
            _text.Append(' ').Append(HeadingPaths.Clean(cell).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |");
        }

        ThrowIfTooLong();
    }

    private void ThrowIfTableOpen()
    {
        if (_tableStart >= 0)
        {
            throw new InvalidOperationException("A table is open; end it first.");
        }
    }

    private void ThrowIfNoTable()
    {
        if (_tableStart < 0)
        {
            throw new InvalidOperationException("No table is open; begin one first.");
        }
    }

    private void ThrowIfTooLong()
    {
        if (2L * _text.Length > _context.Options.MaxExpandedBytes)
        {
            throw _context.Beyond($"gives more text than {_context.Options.MaxExpandedBytes} bytes", nameof(DocumentReadingOptions.MaxExpandedBytes));
        }
    }
}
