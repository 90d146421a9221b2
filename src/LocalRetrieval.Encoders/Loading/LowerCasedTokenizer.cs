using System.Text.Json;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>
/// Loads a tokenizer.json with a Lowercase normalizer before its own, which is what sentence-transformers makes of do_lower_case.
/// </summary>
internal static class LowerCasedTokenizer
{
    private const string Normalizer = "normalizer";

    /// <exception cref="InvalidDataException">The file is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Load(string path, TokenizerOptions options)
    {
        JsonElement root = ModelJson.Parse(path);
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Tokenizer.Load(path, options);
        }

        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in root.EnumerateObject().Where(property => property.Name != Normalizer))
            {
                property.WriteTo(writer);
            }

            WriteNormalizer(writer, root.TryGetProperty(Normalizer, out JsonElement own) && own.ValueKind == JsonValueKind.Object ? own : null);
            writer.WriteEndObject();
        }

        json.Position = 0;
        return Tokenizer.Load(json, options);
    }

    private static void WriteNormalizer(Utf8JsonWriter writer, JsonElement? own)
    {
        writer.WriteStartObject(Normalizer);
        writer.WriteString("type", "Sequence");
        writer.WriteStartArray("normalizers");
        writer.WriteStartObject();
        writer.WriteString("type", "Lowercase");
        writer.WriteEndObject();
        own?.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
