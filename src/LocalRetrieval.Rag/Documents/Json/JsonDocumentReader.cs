using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>
/// Reads JSON: the keys above a value are its heading path, such as <c>users &gt; 3 &gt; address</c> (elements count from 0); plain values are lines
/// <c>key: value</c>, long strings paragraphs, and arrays of plain objects tables.
/// </summary>
/// <remarks>
/// <para>Comments and trailing commas are allowed, numbers stay as they are written, and of a key that comes twice both values are kept. Values nested
/// deeper than <see cref="DocumentReadingOptions.MaxDepth"/> are refused.</para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
public sealed class JsonDocumentReader : TextDocumentReader
{
    private JsonDocumentReader()
    {
    }

    /// <summary>The reader.</summary>
    public static JsonDocumentReader Instance { get; } = new();

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new() { Name = "JSON", Extensions = [".json", ".jsonc", ".geojson", ".webmanifest"] };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        DocumentContentBuilder builder = new(context) { EmptyReason = "it is empty" };
        ReadOnlySpan<char> content = text.AsSpan(TextLines.SkipByteOrderMark(text));
        if (content.IsWhiteSpace())
        {
            return builder.Build();
        }

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(content)];
        Encoding.UTF8.GetBytes(content, bytes);
        try
        {
            new JsonRenderer(builder, context, cancellationToken).Write(bytes);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"'{context.Source}' is no JSON at {JsonErrors.Place(exception)}. "
                    + "Mend it there; a file of one value a line is named .jsonl.",
                exception);
        }

        return builder.Build();
    }
}
