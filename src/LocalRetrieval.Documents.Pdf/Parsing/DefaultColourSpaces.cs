namespace LocalRetrieval.Documents.Parsing;

/// <summary>
/// Takes away the names of default colour spaces. One whose definition names the space that it stands for, as printers' files have, makes the
/// parser recurse without end; text has no colour here.
/// </summary>
internal static class DefaultColourSpaces
{
    private static readonly byte[][] Names = ["DefaultGray"u8.ToArray(), "DefaultRGB"u8.ToArray(), "DefaultCMYK"u8.ToArray()];

    /// <summary>Renames them where they stand, also where characters of them are escaped.</summary>
    public static void Rename(Span<byte> bytes)
    {
        for (int slash; (slash = bytes.IndexOf((byte)'/')) >= 0; bytes = bytes[(slash + 1)..])
        {
            Span<byte> name = bytes[(slash + 1)..];
            if (!name.IsEmpty && name[0] is (byte)'D' or (byte)'#' && Array.Exists(Names, StartsWith(name)))
            {
                int last = name[0] == '#' ? 2 : 0;
                name[last] = (byte)(name[last] == 'X' || last > 0 ? '0' : 'X');
            }
        }
    }

    private static Predicate<byte[]> StartsWith(Span<byte> bytes)
    {
        byte[] name = Unescape(bytes);
        return wanted => name.AsSpan().StartsWith(wanted);
    }

    private static byte[] Unescape(ReadOnlySpan<byte> bytes)
    {
        List<byte> name = new(12);
        for (int index = 0; index < bytes.Length && name.Count < 12; index++)
        {
            if (bytes[index] == '#' && index + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[index + 1]) && char.IsAsciiHexDigit((char)bytes[index + 2]))
            {
                name.Add(Convert.ToByte($"{(char)bytes[index + 1]}{(char)bytes[index + 2]}", 16));
                index += 2;
            }
            else
            {
                name.Add(bytes[index]);
            }
        }

        return [.. name];
    }
}
