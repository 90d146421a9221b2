namespace LocalRetrieval.Rag;

/// <summary>
/// Reads source code. Blocks are declarations and statements with the comments and attributes before them; the declarations around a block are its
/// heading path, that of a long function included.
/// </summary>
/// <remarks>
/// <para>Declarations are found by brackets, line ends or indentation, as the language has it, and its keywords: no compiler is asked, and code that
/// does not compile is read like any other. The language is told by the ending of the document's name, or its first line. Everything that is not
/// white space is in some block, but for what follows the start of a long table of numbers, which a warning tells.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class SourceCodeReader : TextDocumentReader
{
    private SourceCodeReader()
    {
    }

    /// <summary>The reader.</summary>
    public static SourceCodeReader Instance { get; } = new();

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new()
    {
        Name = "source code",
        Extensions = SourceLanguages.Extensions,
        Matches = sample => sample.Start.Span.StartsWith("#!/"u8),
    };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        SourceLanguage language = SourceLanguages.Of(context.Source) ?? SourceLanguages.OfFirstLine(text);
        List<CodeItem> items = language.Structure == CodeStructure.Indentation
            ? new IndentationStructure(text, language).Read(cancellationToken)
            : new BracketStructure(text, language).Read(cancellationToken);
        return CodeBlocks.Write(text, items, cancellationToken) with { Scopes = new CodeScopes(text, items, cancellationToken) };
    }
}
