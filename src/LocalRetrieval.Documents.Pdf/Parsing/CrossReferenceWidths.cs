namespace LocalRetrieval.Documents.Parsing;

/// <summary>
/// Makes widths in cross-reference streams harmless: the parser takes as much of the stack as they say. Widths of fonts have the same name, and are
/// never that large.
/// </summary>
internal static class CrossReferenceWidths
{
    private const int MostDigits = 6;

    /// <summary>Turns numbers of more than six digits in arrays that are named W into zeros.</summary>
    public static void Clear(Span<byte> bytes)
    {
        for (int slash; (slash = bytes.IndexOf((byte)'/')) >= 0; bytes = bytes[(slash + 1)..])
        {
            Span<byte> name = bytes[(slash + 1)..];
            int length = name.StartsWith("W"u8) ? 1 : name.StartsWith("#57"u8) ? 3 : 0;
            if (length > 0)
            {
                ClearArray(name[length..]);
            }
        }
    }

    private static void ClearArray(Span<byte> bytes)
    {
        int start = SkipBlanks(bytes);
        int end = start < bytes.Length && bytes[start] == '[' ? bytes[start..].IndexOfAny((byte)']', (byte)'/') + start : -1;
        for (int index = start, digits = 0; index <= end; index++)
        {
            digits = char.IsAsciiDigit((char)bytes[index]) ? digits + 1 : 0;
            if (digits > MostDigits)
            {
                bytes[(index - digits + 1)..(index + 1)].Fill((byte)'0');
            }
        }
    }

    private static int SkipBlanks(ReadOnlySpan<byte> bytes)
    {
        int index = 0;
        while (index < bytes.Length && (bytes[index] <= ' ' || bytes[index] == '%'))
        {
            index += bytes[index] == '%' ? Math.Max(1, bytes[index..].IndexOfAny((byte)'\n', (byte)'\r')) : 1;
        }

        return index;
    }
}
