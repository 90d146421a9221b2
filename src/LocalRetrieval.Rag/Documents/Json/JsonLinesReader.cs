using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Reads JSON Lines, a value a line, as <see cref="JsonDocumentReader"/> reads an array of them; the headings of records are their lines' numbers.</summary>
/// <remarks>A line that is no JSON gives a warning, and the rest is read. Safe for concurrent use.</remarks>
public sealed class JsonLinesReader : TextDocumentReader
{
    private const int MaxWarnings = 100;

    private JsonLinesReader()
    {
    }

    /// <summary>The reader.</summary>
    public static JsonLinesReader Instance { get; } = new();

    /// <inheritdoc />
    public override ReaderFormat Format { get; } = new() { Name = "JSON Lines", Extensions = [".jsonl", ".ndjson", ".jsonlines"] };

    /// <inheritdoc />
    protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken)
    {
        DocumentContentBuilder builder = new(context) { EmptyReason = "none of its lines is JSON" };
        (byte[] array, List<int> lines) = JoinLines(text, builder, cancellationToken);
        if (lines.Count > 0)
        {
            new JsonRenderer(builder, context, cancellationToken, index => $"line {lines[index]}").Write(array);
        }

        return builder.Build();
    }

    /// <summary>One array of all lines that are JSON, and their numbers.</summary>
    private static (byte[] Array, List<int> Lines) JoinLines(string text, DocumentContentBuilder builder, CancellationToken cancellationToken)
    {
        using MemoryStream array = new();
        List<int> lines = [];
        array.WriteByte((byte)'[');
        int number = 0;
        int broken = 0;
        for (int start = TextLines.SkipByteOrderMark(text); start < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int next = TextLines.NextLine(text, start);
            number++;
            string line = text[start..next].Trim();
            start = next;
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            if (line.Length == 0)
            {
                continue;
            }

            if (ErrorIn(bytes) is { } error)
            {
                Warn(builder, error, number, ++broken);
                continue;
            }

            if (lines.Count > 0)
            {
                array.WriteByte((byte)',');
            }

            lines.Add(number);
            array.Write(bytes);

            // Ends a comment of the line.
            array.WriteByte((byte)'\n');
        }

        array.WriteByte((byte)']');
        if (broken > MaxWarnings)
        {
            builder.Warn($"{broken - MaxWarnings} more lines are no JSON and were left out.");
        }

        return (array.ToArray(), lines);
    }

    private static void Warn(DocumentContentBuilder builder, JsonException error, int number, int broken)
    {
        if (broken <= MaxWarnings)
        {
            builder.Warn($"This line is no JSON at byte {error.BytePositionInLine + 1} and was left out.", number);
        }
    }

    private static JsonException? ErrorIn(byte[] line)
    {
        try
        {
            Utf8JsonReader reader = new(line, JsonRenderer.Options);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            return exception;
        }
    }
}
