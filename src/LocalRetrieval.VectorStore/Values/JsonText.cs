using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.VectorData.Values;

/// <summary>A text in JSON: a string, or an object with the bytes of its UTF-16 where it has halves of surrogate pairs, which UTF-8 does not have.</summary>
internal static class JsonText
{
    private const string Utf16 = "utf16";

    public static void Write(Utf8JsonWriter writer, string text)
    {
        if (IsWellFormed(text))
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String(Utf16, MemoryMarshal.AsBytes(text.AsSpan()));
        writer.WriteEndObject();
    }

    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonTokens.Expect(JsonTokenType.String, ref reader);
            return reader.GetString()!;
        }

        reader.Read();
        if (!reader.ValueTextEquals(Utf16))
        {
            throw new InvalidDataException($"'{reader.GetString()}' stands where '{Utf16}' is expected.");
        }

        reader.Read();
        string text = new(MemoryMarshal.Cast<byte, char>(reader.GetBytesFromBase64()));
        reader.Read();
        JsonTokens.Expect(JsonTokenType.EndObject, ref reader);
        return text;
    }

    /// <summary>Whether all surrogates of a text are in pairs.</summary>
    public static bool IsWellFormed(string text)
    {
        ReadOnlySpan<char> rest = text;
        for (int next = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); next >= 0; next = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (!Rune.TryGetRuneAt(text, text.Length - rest.Length + next, out Rune rune))
            {
                return false;
            }

            rest = rest[(next + rune.Utf16SequenceLength)..];
        }

        return true;
    }
}
