using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Plain values of JSON as text.</summary>
internal static class JsonScalars
{
    /// <summary>The text of a key or plain value: strings without quotes, everything else as it is written.</summary>
    public static string TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            try
            {
                return reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, escaped: kept as it is written.
                return Encoding.UTF8.GetString(reader.ValueSpan);
            }
        }

        return Encoding.UTF8.GetString(reader.ValueSpan);
    }

    /// <summary>Joins an array of short plain values on one line; false where it is none.</summary>
    public static bool TryJoin(Utf8JsonReader reader, int maxLength, out string joined)
    {
        joined = "";
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        StringBuilder line = new();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || reader.ValueSpan.Length > maxLength)
            {
                return false;
            }

            line.Append(line.Length == 0 ? "" : ", ").Append(TextOf(ref reader));
            if (line.Length > maxLength || line.ToString().AsSpan().ContainsAny('\r', '\n'))
            {
                return false;
            }
        }

        joined = line.ToString();
        return line.Length > 0;
    }

    /// <summary>Moves to the end of an array of plain values.</summary>
    public static void SkipArray(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
        }
    }
}
