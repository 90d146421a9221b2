using Markdig;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>How Markdig is used: for blocks, then for the inlines of each leaf, so that no step is long and one that fails harms no other.</summary>
internal static class MarkdownPipelines
{
    /// <summary>Blocks alone.</summary>
    public static MarkdownPipeline Blocks { get; } = CreateBlocks();

    /// <summary>Inlines of one paragraph: tags, links, code and entities.</summary>
    public static MarkdownPipeline Inlines { get; } = CreateInlines(withEmphasis: false);

    /// <summary>Inlines of a heading, whose marks of emphasis are no text.</summary>
    public static MarkdownPipeline Headings { get; } = CreateInlines(withEmphasis: true);

    private static MarkdownPipeline CreateBlocks()
    {
        MarkdownPipelineBuilder builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
        builder.InlineParsers.Clear();
        builder.BlockParsers.Insert(0, new CancellationParser());
        foreach (BlockParser parser in builder.BlockParsers)
        {
            // Each leaf is read by itself later, and cancelled between two.
            parser.Closed += (_, block) => (block as LeafBlock)?.ProcessInlines = false;
        }

        return builder.Build();
    }

    private static MarkdownPipeline CreateInlines(bool withEmphasis)
    {
        MarkdownPipelineBuilder builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
        builder.BlockParsers.Clear();
        builder.BlockParsers.Add(new ParagraphBlockParser { ParseSetextHeadings = false });
        builder.InlineParsers.Insert(0, new SharedDefinitionsParser());
        if (!withEmphasis)
        {
            builder.InlineParsers.TryRemove<EmphasisInlineParser>();
        }

        return builder.Build();
    }
}
