using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LocalRetrieval.Rag;

/// <summary>
/// Reads CommonMark with tables. A heading (ATX or setext) opens a section; paragraphs, list items, quotes, tables and code are
/// blocks. Front matter becomes metadata, and its description the first paragraph.
/// </summary>
/// <remarks>
/// <para>Everything between two headings belongs to some block, link definitions and comments included. Headings inside quotes and
/// lists are part of those. A heading of more than 256 characters is text: a setext heading of that length is most likely a paragraph
/// above a rule, and a path of such headings would leave no room for what stands below them.</para>
/// <para>A byte order mark at the start counts in the offsets and is no content. Safe for concurrent use.</para>
/// </remarks>
public sealed class MarkdownReader : TextDocumentReader
{
    private const int MaxHeadingLength = 256;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation().UsePipeTables().UseGridTables().Build();

    private MarkdownReader()
    {
    }

    /// <summary>The reader.</summary>
    public static MarkdownReader Instance { get; } = new();

    /// <inheritdoc />
    public override DocumentFormat Format { get; } = new() { Name = "Markdown", Extensions = [".md", ".markdown"] };

    /// <inheritdoc />
    /// <exception cref="ArgumentException">Blocks or brackets are nested more than a hundred deep.</exception>
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        int start = TextLines.SkipByteOrderMark(text);
        FrontMatter front = FrontMatter.Find(text, start, context, cancellationToken);
        if (front.Lines.IsEmpty)
        {
            return Read(text, start, []) with { Warnings = front.Warnings };
        }

        RenderedText rendered = new(text);
        DocumentBlock? first = front.AppendTo(rendered, text);
        int bodyStart = rendered.Length;
        rendered.Copy(new TextRange(front.Lines.End, text.Length));
        IReadOnlyList<DocumentSection> sections = Read(rendered.ToString(), bodyStart, first is { } block ? [(block.Offset, block.Kind)] : []).Sections;
        sections = [.. sections.Select(section => section with { HeadingPath = HeadingPaths.Under(front.Metadata.Title, section.HeadingPath) })];
        return new DocumentContent
        {
            Sections = sections.Count > 0 ? sections : front.AppendTitleTo(rendered),
            Text = rendered.ToString(),
            Metadata = front.Metadata,
            Map = rendered.Map,
            Warnings = front.Warnings,
        };
    }

    private static DocumentContent Read(string text, int shift, List<(int Start, DocumentBlockKind Kind)> starts)
    {
        MarkdownDocument document = Markdown.Parse(shift == 0 ? text : text[shift..], Pipeline);
        List<DocumentSection> sections = [];
        HeadingStack headings = new();
        int bodyStart = starts.Count > 0 ? 0 : shift;
        foreach (Block block in document)
        {
            if (IsHeading(block))
            {
                (int start, int end) = Lines(text, block, shift);
                AddSection(text, headings.Path, new TextRange(bodyStart, start), starts, sections);
                bodyStart = end;
                if (block is HeadingBlock heading)
                {
                    headings.Enter(heading.Level, InlineText(heading.Inline));
                }
            }
            else
            {
                AddStarts(text, block, shift, starts);
            }
        }

        AddSection(text, headings.Path, new TextRange(bodyStart, text.Length), starts, sections);
        return new DocumentContent { Text = text, Sections = sections };
    }

    private static bool IsHeading(Block block) =>
        block is HeadingBlock { Span.Length: <= MaxHeadingLength };

    /// <summary>The whole lines that a block takes, its last line end included.</summary>
    private static (int Start, int End) Lines(string text, Block block, int shift)
    {
        // The span of a setext heading takes in link definitions right above it.
        int start = block is HeadingBlock { IsSetext: true, Inline.FirstChild: { } first } ? first.Span.Start : block.Span.Start;
        return (Math.Max(shift, TextLines.LineStart(text, start + shift)), TextLines.NextLine(text, block.Span.End + shift));
    }

    private static void AddStarts(string text, Block block, int shift, List<(int, DocumentBlockKind)> starts)
    {
        switch (block)
        {
            // Its span is not where its definitions stand; they stay with the block before them.
            case LinkReferenceDefinitionGroup:
                return;
            case ListBlock list:
                foreach (Block item in list)
                {
                    AddStarts(text, item, shift, starts);
                }

                return;
            case ListItemBlock item:
                starts.Add((Lines(text, item, shift).Start, DocumentBlockKind.Prose));
                foreach (Block child in item)
                {
                    if (child is ListBlock or CodeBlock or Table)
                    {
                        AddStarts(text, child, shift, starts);
                    }
                }

                return;
            default:
                starts.Add((Lines(text, block, shift).Start, block is CodeBlock or Table or HtmlBlock ? DocumentBlockKind.Lines : DocumentBlockKind.Prose));
                return;
        }
    }

    /// <summary>Cuts a section at the starts of its blocks, so that all of its text is in one of them.</summary>
    private static void AddSection(
        string text, string? headingPath, TextRange body, List<(int Start, DocumentBlockKind Kind)> starts, List<DocumentSection> sections)
    {
        List<DocumentBlock> blocks = [];
        int start = body.Start;
        DocumentBlockKind kind = DocumentBlockKind.Prose;
        foreach ((int nextStart, DocumentBlockKind nextKind) in starts)
        {
            AddBlock(text, new TextRange(start, nextStart), kind, blocks);
            start = Math.Max(start, nextStart);
            kind = nextKind;
        }

        AddBlock(text, new TextRange(start, body.End), kind, blocks);
        starts.Clear();
        if (blocks.Count > 0)
        {
            sections.Add(new DocumentSection { HeadingPath = headingPath, Blocks = blocks });
        }
    }

    private static void AddBlock(string text, TextRange range, DocumentBlockKind kind, List<DocumentBlock> blocks)
    {
        range = range.Trim(text);
        if (!range.IsEmpty)
        {
            blocks.Add(new DocumentBlock { Offset = range.Start, Length = range.Length, Kind = kind });
        }
    }

    private static string InlineText(ContainerInline? inlines)
    {
        if (inlines is null)
        {
            return "";
        }

        StringBuilder builder = new();
        AppendText(inlines, builder);
        return string.Join(' ', builder.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static void AppendText(ContainerInline inlines, StringBuilder builder)
    {
        foreach (Inline inline in inlines)
        {
            _ = inline switch
            {
                LiteralInline literal => builder.Append(literal.Content.AsSpan()),
                CodeInline code => builder.Append(code.Content),
                HtmlEntityInline entity => builder.Append(entity.Transcoded.AsSpan()),
                AutolinkInline link => builder.Append(link.Url),
                LineBreakInline => builder.Append(' '),
                _ => builder,
            };
            if (inline is ContainerInline container)
            {
                AppendText(container, builder);
            }
        }
    }
}
