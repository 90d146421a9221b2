using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Reads the texts of a notebook's JSON, which are strings or lists of lines.</summary>
internal static class NotebookJson
{
    /// <summary>The text under these keys; null where there is none.</summary>
    public static string? Text(JsonElement element, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => TextOf(element),
            JsonValueKind.Array => string.Concat(element.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(TextOf)),
            _ => null,
        };
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: kept as it is written.
            return element.GetRawText().Trim('"');
        }
    }
}
