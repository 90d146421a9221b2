using System.Text.Json;

namespace LocalRetrieval.Rag;

/// <summary>What an error of the JSON parser says, without its own way to say where.</summary>
internal static class JsonErrors
{
    /// <summary>Line and byte, from 1.</summary>
    public static string Place(JsonException exception) => $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";

    /// <summary>The reason, as a sentence.</summary>
    public static string Reason(JsonException exception)
    {
        int place = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? exception.Message : exception.Message[..place];
    }
}
