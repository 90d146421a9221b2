using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>The encodings that a mark at the start names.</summary>
internal static class ByteOrderMarks
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

    /// <summary>The marked encoding, which refuses what is no text; null where there is no mark.</summary>
    public static Encoding? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (Encoding encoding in Encodings)
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                return encoding;
            }
        }

        return null;
    }
}
