using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>Reads text where a reader stands, without an exception for what is not text.</summary>
internal static class Utf8JsonText
{
    /// <returns>False where there is no text, or none that is well-formed Unicode.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, out string text)
    {
        text = "";
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return false;
        }

        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Copies the text to <paramref name="destination"/>, which becomes longer where it must.</summary>
    /// <param name="reader">Where the text stands.</param>
    /// <param name="destination">Where the text goes.</param>
    /// <param name="start">The place of its first unit.</param>
    /// <returns>Its length in UTF-16 units; -1 where there is no text, or none that is well-formed Unicode.</returns>
    public static int TryCopy(ref Utf8JsonReader reader, ref char[] destination, int start)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return -1;
        }

        if (destination.Length - start < reader.ValueSpan.Length)
        {
            Array.Resize(ref destination, Math.Max(destination.Length * 2, start + reader.ValueSpan.Length));
        }

        try
        {
            return reader.CopyString(destination.AsSpan(start));
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }
}
