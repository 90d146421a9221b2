using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>What a notebook says of itself.</summary>
/// <param name="Language">The kernel's language.</param>
/// <param name="Title">The title.</param>
/// <param name="Author">The authors.</param>
internal sealed record NotebookInfo(string? Language, string? Title, string? Author)
{
    /// <summary>Reads the metadata and passes over the cells.</summary>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    /// <exception cref="InvalidDataException">They are no notebook that can be read.</exception>
    public static NotebookInfo Read(ReadOnlySpan<byte> json, DocumentContext context, CancellationToken cancellationToken)
    {
        Utf8JsonReader reader = new(json, NotebookMarkdown.Options(context));
        NotebookInfo info = new(null, null, null);
        int? format = null;
        bool hasCells = false;
        for (int count = 0; reader.Read(); count++)
        {
            if (count % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            hasCells |= reader.ValueTextEquals("cells"u8) || reader.ValueTextEquals("worksheets"u8);
            if (reader.ValueTextEquals("nbformat"u8) && reader.Read())
            {
                format = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) ? number : null;
            }
            else if (reader.ValueTextEquals("metadata"u8) && reader.Read())
            {
                using JsonDocument metadata = JsonDocument.ParseValue(ref reader);
                info = Of(metadata.RootElement);
            }
        }

        return format is 3 or 4 && hasCells ? info
            : throw new InvalidDataException(
                $"'{context.Source}' is no notebook of nbformat 3 or 4: its nbformat is {format?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}"
                    + $"{(hasCells ? "" : ", and it has no cells")}. Save it from a current Jupyter, or name it .json.");
    }

    private static NotebookInfo Of(JsonElement metadata)
    {
        string? language = NotebookJson.Text(metadata, "language_info", "name") ?? NotebookJson.Text(metadata, "kernelspec", "language");
        string? author = metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("authors", out JsonElement authors) && authors.ValueKind == JsonValueKind.Array
            ? string.Join(", ", authors.EnumerateArray().Select(person => NotebookJson.Text(person, "name")).Where(name => name is not null))
            : null;
        return new NotebookInfo(language, NotebookJson.Text(metadata, "title"), string.IsNullOrEmpty(author) ? null : author);
    }
}
