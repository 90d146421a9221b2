using System.Text.Json;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>Reads tokenizer.json's padding.direction, which holds where tokenizer_config.json gives no padding_side.</summary>
internal static class TokenizerPadding
{
    /// <summary>The direction, or null where the file has no padding. The file is JSON: the tokenizer has read it before.</summary>
    public static string? Direction(string path)
    {
        Utf8JsonReader reader = new(File.ReadAllBytes(path));
        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            bool padding = reader.ValueTextEquals("padding");
            reader.Read();
            if (padding)
            {
                JsonElement value = JsonElement.ParseValue(ref reader);
                return value.ValueKind == JsonValueKind.Object && value.TryGetProperty("direction", out JsonElement direction) ? direction.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
