using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>
/// Reads Jupyter notebooks (nbformat 3 and 4) as the Markdown that they show: text cells as they are, code cells fenced with the kernel's language, and
/// the text of outputs, shortened. Headings go on from cell to cell.
/// </summary>
/// <remarks>
/// <para>Images, HTML, widgets and other data of outputs are left out, and so are cells of raw HTML. <see cref="DocumentMetadata.Properties"/> has
/// <c>programming_language</c>.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class NotebookReader : TextDocumentReader
{
    private NotebookReader()
    {
    }

    /// <summary>The reader.</summary>
    public static NotebookReader Instance { get; } = new();

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new()
    {
        Name = "Jupyter notebook",
        Extensions = [".ipynb"],
        Matches = sample => NotebookMark.IsIn(sample.Start.Span),
    };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text[TextLines.SkipByteOrderMark(text)..]);
        try
        {
            NotebookInfo info = NotebookInfo.Read(bytes, context, cancellationToken);
            string markdown = new NotebookMarkdown(info.Language, context, cancellationToken).Write(bytes);
            return Read(markdown, info, context, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"'{context.Source}' is no notebook: it is no JSON at {JsonErrors.Place(exception)}. Save it from Jupyter again.", exception);
        }
    }

    private static DocumentContent Read(string markdown, NotebookInfo info, DocumentContext context, CancellationToken cancellationToken)
    {
        DocumentContent content = MarkdownReader.Instance.Read(markdown, context, cancellationToken);
        DocumentMetadata metadata = content.Metadata;
        return content with
        {
            // The Markdown is made here: places are in what its reader sees.
            Map = null,
            Warnings = [.. content.Warnings.Select(warning => warning with { Line = null })],
            EmptyReason = content.Sections.Count == 0 ? "its cells are empty" : null,
            Metadata = metadata with
            {
                Title = metadata.Title ?? info.Title,
                Author = metadata.Author ?? info.Author,
                Properties = info.Language is null ? metadata.Properties : [.. metadata.Properties, $"programming_language={info.Language}"],
            },
        };
    }
}
