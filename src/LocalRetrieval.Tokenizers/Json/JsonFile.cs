using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>Parses the content of a JSON file.</summary>
internal static class JsonFile
{
    /// <summary>How deep the reference's parser goes.</summary>
    private const int MaxDepth = 127;

    /// <summary>Six times what the largest vocabularies that are in use take; the parsed document takes 12 bytes for each.</summary>
    private const int MaxTokens = 1 << 24;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses what must be an object. The document is the caller's to dispose.</summary>
    /// <exception cref="InvalidDataException">It is not JSON, or not an object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8Json, string file)
    {
        ReadOnlySpan<byte> start = utf8Json.Span.TrimStart(" \t\r\n"u8);
        GitLfsPointer.Refuse(start, file);
        if (start is not [(byte)'{', ..])
        {
            throw new InvalidDataException($"{file}: $ is {Describe(start)}; supported: an object, as JSON in UTF-8 without a byte order mark.");
        }

        try
        {
            RefuseTooManyTokens(utf8Json.Span, file);
            return JsonDocument.Parse(utf8Json, Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{file}: malformed JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {exception.Message}",
                exception);
        }
    }

    private static void RefuseTooManyTokens(ReadOnlySpan<byte> utf8Json, string file)
    {
        // A token has a byte at least, and another after it, so a file of usual size is not read twice.
        if (utf8Json.Length / 2 <= MaxTokens)
        {
            return;
        }

        Utf8JsonReader reader = new(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth });
        for (int tokens = 0; reader.Read(); tokens++)
        {
            if (tokens == MaxTokens)
            {
                throw new InvalidDataException($"{file}: $ is junk, or of more than {MaxTokens} names, values and brackets; supported: up to so many.");
            }
        }
    }

    private static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [] => "nothing",
        [0xEF, 0xBB, 0xBF, ..] => "a byte order mark",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [_, 0, ..] or [0, _, ..] => "UTF-16",
        [(byte)'[', ..] => "an array",
        _ => $"'{Encoding.UTF8.GetString(start[..Math.Min(start.Length, 40)])}'",
    };
}
