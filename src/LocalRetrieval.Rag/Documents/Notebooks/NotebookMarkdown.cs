using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Writes a notebook's cells as one Markdown document, cell by cell.</summary>
internal sealed class NotebookMarkdown(string? language, DocumentContext context, CancellationToken cancellationToken)
{
    private readonly StringBuilder _markdown = new();

    /// <summary>How a notebook's JSON is read.</summary>
    public static JsonReaderOptions Options(DocumentContext context) => new() { MaxDepth = Math.Min(context.Options.MaxDepth, 1000) };

    /// <summary>The Markdown of all cells.</summary>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public string Write(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, Options(context));
        while (reader.Read())
        {
            // "cells" stands in the notebook, and in nbformat 3 in each of its worksheets.
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth is 1 or 3 && reader.ValueTextEquals("cells"u8) && reader.Read())
            {
                WriteCells(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && !reader.ValueTextEquals("worksheets"u8))
            {
                reader.Skip();
            }
        }

        return _markdown.ToString();
    }

    private void WriteCells(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        int depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using (JsonDocument cell = JsonDocument.ParseValue(ref reader))
            {
                WriteCell(cell.RootElement);
            }

            if (2L * _markdown.Length > context.Options.MaxExpandedBytes)
            {
                throw context.Beyond($"gives more text than {context.Options.MaxExpandedBytes} bytes", nameof(DocumentReadingOptions.MaxExpandedBytes));
            }
        }
    }

    private void WriteCell(JsonElement cell)
    {
        string source = NotebookJson.Text(cell, "source") ?? NotebookJson.Text(cell, "input") ?? "";
        switch (NotebookJson.Text(cell, "cell_type"))
        {
            case "markdown":
                Append(MarkdownCells.Closed(source));
                break;
            case "heading":
                int level = cell.TryGetProperty("level", out JsonElement number) && number.TryGetInt32(out int found) ? Math.Clamp(found, 1, 6) : 1;
                Append(new string('#', level) + " " + HeadingPaths.Clean(source));
                break;
            case "code":
                AppendFenced(source, NotebookJson.Text(cell, "language") ?? language ?? "");
                AppendFenced(NotebookOutputs.TextOf(cell), "");
                break;
            case "raw" when IsFrontMatter(source):
                Append(source);
                break;
            case "raw" when NotebookJson.Text(cell, "metadata", "raw_mimetype") is not "text/html" && NotebookJson.Text(cell, "metadata", "format") is not "text/html":
                AppendFenced(source, "");
                break;
        }
    }

    private bool IsFrontMatter(string source) => _markdown.Length == 0 && source.StartsWith("---", StringComparison.Ordinal);

    private void Append(string markdown)
    {
        if (!string.IsNullOrWhiteSpace(markdown))
        {
            _markdown.Append(_markdown.Length == 0 ? "" : "\n\n").Append(markdown.Trim('\r', '\n'));
        }
    }

    private void AppendFenced(string code, string info)
    {
        string content = code.TrimEnd();
        if (content.Length > 0)
        {
            string fence = new('`', Math.Max(3, MarkdownCells.LongestRun(content, '`') + 1));
            Append($"{fence}{HeadingPaths.Clean(info).Replace("`", "", StringComparison.Ordinal)}\n{content}\n{fence}");
        }
    }
}
