using System.Buffers;

namespace LocalRetrieval.Rag;

/// <summary>Tells bytes that are no text, and names what they are.</summary>
internal static class BinaryContent
{
    /// <summary>Control characters other than tab, line ends, form feed and escape.</summary>
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, 32).Except([9, 10, 12, 13, 27]).Append(127).Select(code => (byte)code)]);

    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 32).Except([9, 10, 12, 13, 27]).Append(127).Select(code => (char)code)]);

    private static readonly (byte[] Magic, string Name)[] Kinds =
    [
        ([0x89, .. "PNG\r\n"u8], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        ([.. "GIF8"u8], "a GIF image"),
        ([.. "II*\0"u8], "a TIFF image"),
        ([.. "MM\0*"u8], "a TIFF image"),
        ([.. "%PDF-"u8], "a PDF"),
        ([.. "PK\u0003\u0004"u8], "a ZIP archive"),
        ([.. "PK\u0005\u0006"u8], "an empty ZIP archive"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0xFD, .. "7zXZ\0"u8], "an xz archive"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"),
        ([.. "BZh"u8], "a bzip2 archive"),
        ([.. "Rar!\u001A\u0007"u8], "a RAR archive"),
        ([0x7F, .. "ELF"u8], "an ELF program"),
        ([.. "MZ"u8], "a Windows program"),
        ([0xCA, 0xFE, 0xBA, 0xBE], "a Java class or a macOS program"),
        ([0xCF, 0xFA, 0xED, 0xFE], "a macOS program"),
        ([.. "\0asm"u8], "a WebAssembly module"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an OLE file, as Office wrote until 2003, or an encrypted one"),
        ([.. "SQLite format 3\0"u8], "an SQLite database"),
        ([.. "ID3"u8], "an MP3 recording"),
        ([.. "OggS"u8], "an Ogg recording"),
        ([.. "fLaC"u8], "a FLAC recording"),
        ([.. "wOFF"u8], "a font"),
        ([.. "wOF2"u8], "a font"),
    ];

    /// <summary>What a document is where it is no text: its kind, or where its first control character stands; null for text, as far as its start tells.</summary>
    public static string? Find(DocumentSample sample)
    {
        ReadOnlySpan<byte> start = sample.Start.Span;
        if (KindOf(start) is { } kind)
        {
            return kind;
        }

        int offset = ByteOrderMarks.Find(start) is null && NullPattern.Find(start) is null ? IndexOfControl(start) : -1;
        return offset < 0 ? null : $"binary: control character U+{start[offset]:X4} at offset {offset}";
    }

    /// <summary>The kind that magic bytes tell, such as <c>a PNG image</c>; null where they tell none. Bytes without a control character or one beyond ASCII are text, whatever they start with.</summary>
    public static string? KindOf(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> head = start[..Math.Min(start.Length, 512)];
        if (!head.ContainsAnyExceptInRange((byte)0, (byte)127) && IndexOfControl(head) < 0 && !head.StartsWith("%PDF-"u8))
        {
            return null;
        }

        foreach ((byte[] magic, string name) in Kinds)
        {
            if (start.StartsWith(magic))
            {
                return name;
            }
        }

        return start.Length < 12 ? null
            : start.StartsWith("RIFF"u8) ? start[8..].StartsWith("WEBP"u8) ? "a WebP image" : "a RIFF recording"
            : start[4..].StartsWith("ftyp"u8) ? "a film or an image in an MP4 container"
            : null;
    }

    /// <summary>Where the first control character stands that no text has; -1 where there is none.</summary>
    public static int IndexOfControl(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(Controls);

    /// <inheritdoc cref="IndexOfControl(ReadOnlySpan{byte})" />
    public static int IndexOfControl(ReadOnlySpan<char> text) => text.IndexOfAny(ControlCharacters);
}
