using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LocalRetrieval.Rag;

/// <summary>The text of a heading without its marks.</summary>
internal static class HeadingText
{
    /// <param name="source">The document.</param>
    /// <param name="scan">What was found in it.</param>
    /// <param name="range">Where the heading's text stands.</param>
    public static string Of(string source, MarkdownScan scan, TextRange range)
    {
        string text = range.Of(scan.Masked).ToString();
        StringBuilder builder = new();
        try
        {
            foreach (Block block in Markdown.Parse(text, MarkdownPipelines.Headings, SharedDefinitionsParser.Context(scan.Definitions)))
            {
                if (block is LeafBlock { Inline: { } inlines })
                {
                    Append(inlines, source, range.Start, builder);
                }
            }
        }
        catch (ArgumentException)
        {
            builder.Clear().Append(text);
        }

        return HeadingPaths.Clean(builder.Replace(MarkdownScanner.Hidden, ' ').ToString());
    }

    private static void Append(ContainerInline inlines, string source, int start, StringBuilder builder)
    {
        foreach (Inline inline in inlines)
        {
            _ = inline switch
            {
                LiteralInline literal => AppendLiteral(literal, source, start, builder),
                CodeInline code => builder.Append(code.Content),
                HtmlEntityInline entity => builder.Append(entity.Transcoded.AsSpan()),
                AutolinkInline link => builder.Append(link.Url),
                LineBreakInline => builder.Append(' '),
                HtmlInline { Tag: var tag } when tag.StartsWith("<img", StringComparison.OrdinalIgnoreCase) =>
                    builder.Append(HtmlTag.Create(default, tag).Attribute("alt")),
                HtmlInline { Tag: var tag } when tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase) => builder.Append(' '),
                _ => builder,
            };
            if (inline is ContainerInline container)
            {
                Append(container, source, start, builder);
            }
        }
    }

    /// <summary>Appends text, with what it was where it was masked as text.</summary>
    private static StringBuilder AppendLiteral(LiteralInline literal, string source, int start, StringBuilder builder)
    {
        ReadOnlySpan<char> content = literal.Content.AsSpan();
        if (!content.Contains(MarkdownScanner.Plain))
        {
            return builder.Append(content);
        }

        int from = start + literal.Span.End + 1 - content.Length;
        for (int index = 0; index < content.Length; index++)
        {
            builder.Append(content[index] == MarkdownScanner.Plain ? source[from + index] : content[index]);
        }

        return builder;
    }
}
