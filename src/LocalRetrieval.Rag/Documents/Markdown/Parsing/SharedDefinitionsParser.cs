using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>Reads no inline; it gives the definitions of links in the whole document to the part that is parsed.</summary>
internal sealed class SharedDefinitionsParser : InlineParser
{
    private static readonly object Key = typeof(SharedDefinitionsParser);

    public SharedDefinitionsParser() => OpeningCharacters = ['[', '!', ']'];

    /// <summary>What to hand to the parser.</summary>
    public static MarkdownParserContext Context(LinkReferenceDefinitionGroup definitions)
    {
        MarkdownParserContext context = new();
        context.Properties[Key] = definitions;
        return context;
    }

    /// <inheritdoc />
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (processor.Context?.Properties.TryGetValue(Key, out object? definitions) == true)
        {
            processor.Document.SetData(typeof(LinkReferenceDefinitionGroup), definitions);
        }

        return false;
    }
}
