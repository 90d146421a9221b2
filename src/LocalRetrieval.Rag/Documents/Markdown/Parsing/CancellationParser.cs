using Markdig;
using Markdig.Parsers;

namespace LocalRetrieval.Rag;

/// <summary>Opens no block; asked at each line, it ends the parsing of a text of any length.</summary>
internal sealed class CancellationParser : BlockParser
{
    private static readonly object Key = typeof(CancellationParser);

    /// <summary>What to hand to the parser.</summary>
    public static MarkdownParserContext Context(CancellationToken cancellationToken)
    {
        MarkdownParserContext context = new();
        context.Properties[Key] = cancellationToken;
        return context;
    }

    /// <inheritdoc />
    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.Context?.Properties.TryGetValue(Key, out object? token) == true)
        {
            ((CancellationToken)token).ThrowIfCancellationRequested();
        }

        return BlockState.None;
    }
}
