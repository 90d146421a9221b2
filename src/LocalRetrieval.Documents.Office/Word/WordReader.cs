using DocumentFormat.OpenXml.Packaging;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Reads Word files: headings by their styles, lists with their numbers, tables, text boxes, footnotes.</summary>
/// <remarks>
/// <para>Read is what a reader of the page sees: inserted text but no deleted one, results of fields but not their codes, no comments, no hidden text, no
/// heads and feet, and no table of contents. A footnote stands behind the paragraph that refers to it. Nothing is fetched, and no macro runs.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class WordReader : IDocumentReader
{
    /// <summary>The reader.</summary>
    public static WordReader Instance { get; } = new();

    /// <inheritdoc />
    public Rag.ReaderFormat Format { get; } = new()
    {
        Name = "Word",
        Extensions = [".docx", ".docm", ".dotx", ".dotm"],
        Matches = sample => sample.ZipEntries.Contains("word/document.xml", StringComparer.OrdinalIgnoreCase),
    };

    /// <inheritdoc />
    public Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default) => OfficePackage.ReadAsync(
        stream,
        context,
        (bytes, settings) => WordprocessingDocument.Open(bytes, isEditable: false, settings),
        document => Read(document, context, cancellationToken),
        cancellationToken);

    private static DocumentContent Read(WordprocessingDocument document, DocumentContext context, CancellationToken cancellationToken)
    {
        MainDocumentPart main = document.MainDocumentPart
            ?? throw new InvalidDataException($"'{context.Source}' has no main part. Open it in Word and save it anew.");
        WordStyles styles = new(main.StyleDefinitionsPart?.Styles);
        string? title = WordTitle.Find(main, styles);
        DocumentContentBuilder builder = new(context, OfficeMetadata.Read(document, title) is var metadata && metadata.Language is null ? metadata with { Language = styles.Language } : metadata);
        WordBody body = new(builder, styles, new WordNumbering(main.NumberingDefinitionsPart?.Numbering, styles), new WordNotes(main), title, cancellationToken);
        WordBodyElements.Walk(main, body, cancellationToken);
        body.End();
        return builder.Build();
    }
}
