using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Decodes a file's bytes by its byte order mark, as UTF-8 where there is none, and refuses what is no text.</summary>
internal static class TextDecoder
{
    // UTF-32 little endian starts with the mark of UTF-16 little endian, so it is asked first.
    private static readonly Encoding[] Encodings =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
    ];

    /// <summary>The text of <paramref name="bytes"/>, without its byte order mark.</summary>
    /// <exception cref="InvalidDataException">Some bytes are no text; the message names <paramref name="path"/> and their place.</exception>
    public static string Decode(byte[] bytes, string path)
    {
        Encoding? marked = Array.Find(Encodings, encoding => bytes.AsSpan().StartsWith(encoding.Preamble));
        Encoding encoding = marked ?? Encodings[^1];
        int start = marked?.Preamble.Length ?? 0;
        try
        {
            return encoding.GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException(
                $"'{path}' is not {encoding.WebName}: the bytes at offset {exception.Index + start} are no text. "
                    + "Save it as UTF-8, or as UTF-16 with a byte order mark.",
                exception);
        }
    }
}
