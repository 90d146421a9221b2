using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>Where the JSON parser found an error; what it says of it is of use to who knows the parser.</summary>
internal static class JsonErrors
{
    /// <summary>Line and byte, from 1.</summary>
    public static string Place(JsonException exception) => $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
}
