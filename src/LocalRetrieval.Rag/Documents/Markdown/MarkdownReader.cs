namespace LocalRetrieval.Rag;

/// <summary>
/// Reads Markdown as people see the page: CommonMark with tables, HTML in it, formulas, footnotes and definition lists, and what the
/// site generators Jekyll, Hugo, Docusaurus, VitePress and MkDocs add. A heading opens a section; paragraphs, list items, quotes, tables and
/// code are blocks.
/// </summary>
/// <remarks>
/// <para>What the page does not show is not in the text: comments, scripts, styles, tags, anchors, attributes, definitions of links, addresses
/// of images. Nothing is left out of code. Headings inside quotes and lists are part of those. A heading of more than 256 characters is
/// text.</para>
/// <para>Documents are parsed in parts, so that reading takes time in proportion to their length and can be cancelled at any length. What is
/// nested deeper than the parser takes is read as paragraphs.</para>
/// <para>A byte order mark at the start counts in the offsets and is no content. Safe for concurrent use.</para>
/// </remarks>
public sealed class MarkdownReader : TextDocumentReader
{
    private const int PartLength = 1 << 16;

    private readonly int _partLength;

    /// <summary>A reader that parses in parts of at least <paramref name="partLength"/> units.</summary>
    internal MarkdownReader(int partLength) => _partLength = partLength;

    /// <summary>The reader.</summary>
    public static MarkdownReader Instance { get; } = new(PartLength);

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new() { Name = "Markdown", Extensions = [".md", ".markdown", ".mdx"] };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        FrontMatter front = FrontMatter.Find(text, TextLines.SkipByteOrderMark(text), context, cancellationToken);
        SourceEdits edits = new(text);
        BlockMarks marks = new();
        front.Show(edits, marks, text);
        marks.Add(front.Lines.End, DocumentBlockKind.Prose);
        int count = marks.Count;
        MarkdownScan scan = new MarkdownScanner(text, front.Lines.End, edits, marks, cancellationToken).Scan();
        marks.EndTakenOut(count);
        Parse(text, front.Lines.End, scan, edits, marks, cancellationToken);
        RenderedDocument rendered = edits.Apply(cancellationToken);
        DocumentContent content = new()
        {
            Text = rendered.Text,
            Map = rendered.Map,
            Sections = marks.Build(rendered, front.Metadata.Title, cancellationToken),
            Metadata = front.Metadata,
            Warnings = front.Warnings,
        };
        return content.Sections.Count > 0 ? content : ShowTitle(text, front, content);
    }

    /// <summary>The title of a document in which nothing else is to be found.</summary>
    private static DocumentContent ShowTitle(string text, FrontMatter front, DocumentContent content)
    {
        RenderedText rendered = new(text);
        IReadOnlyList<DocumentSection> sections = front.AppendTitleTo(rendered);
        return sections.Count == 0 ? content with { EmptyReason = "it shows no text" } : content with { Text = rendered.ToString(), Map = rendered.Map, Sections = sections };
    }

    private void Parse(string text, int start, MarkdownScan scan, SourceEdits edits, BlockMarks marks, CancellationToken cancellationToken)
    {
        HtmlMarkup html = new(text, scan.Masked, edits, marks, cancellationToken);
        InlineWalker inlines = new(text, scan, edits, html, cancellationToken);
        BlockWalker blocks = new(text, scan, edits, marks, inlines, html, cancellationToken);
        foreach (int cut in scan.Cuts.Append(text.Length))
        {
            if (cut - start >= _partLength || (cut == text.Length && cut > start))
            {
                blocks.Walk(new TextRange(start, cut));
                start = cut;
            }
        }

        html.End();
        html.IsInRow = true;
        foreach (MaskedLines rows in scan.Rows)
        {
            inlines.Walk(rows.Start, rows.Text);
        }
    }
}
