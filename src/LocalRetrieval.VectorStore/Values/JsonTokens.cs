using System.Text.Json;

namespace LocalRetrieval.VectorData.Values;

/// <summary>Reads tokens of JSON, and says what is there instead.</summary>
internal static class JsonTokens
{
    /// <exception cref="InvalidDataException">Another token is there.</exception>
    public static void Expect(JsonTokenType expected, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != expected)
        {
            throw new InvalidDataException($"{reader.TokenType} stands where {expected} is expected.");
        }
    }

    /// <summary>Reads an element of a collection.</summary>
    /// <exception cref="InvalidDataException">It is null, and elements cannot be.</exception>
    public static T ReadElement<T>(ValueCodec item, ref Utf8JsonReader reader) => item.Read(ref reader) switch
    {
        null when default(T) is not null => throw new InvalidDataException($"An element is null, and elements are of type {typeof(T)}."),
        var element => (T)element!,
    };
}
