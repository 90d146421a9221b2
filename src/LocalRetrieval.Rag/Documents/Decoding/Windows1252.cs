using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Windows-1252, the encoding of western European texts without a mark.</summary>
internal static class Windows1252
{
    /// <summary>What stands at the same place in the other encodings of Windows, so that it tells nothing: quotation marks, dashes and the like.</summary>
    private const string Typography = "‚„…†‡‰‹‘’“”•–—™›\u00A0¦§©«¬\u00AD®°±µ¶·»";

    /// <summary>So many letters beyond ASCII in a row are of a word in another script.</summary>
    private const int LongRun = 4;

    /// <summary>The encoding. It gives control characters for the five bytes that it has no character for.</summary>
    public static Encoding Encoding { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Whether bytes decode to words of Latin letters, with the punctuation of such a text between them.</summary>
    public static bool Fits(ReadOnlySpan<byte> bytes)
    {
        int high = 0;
        int inRuns = 0;
        int run = 0;
        char before = ' ';
        for (int index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] < 128)
            {
                int ascii = bytes[index..].IndexOfAnyExceptInRange((byte)0, (byte)127);
                (run, index) = (0, ascii < 0 ? bytes.Length - 1 : index + ascii - 1);
                before = (char)bytes[index];
                continue;
            }

            char character = Decode(bytes[index]);
            if (!Fits(before, character, index + 1 < bytes.Length ? bytes[index + 1] : (byte)' '))
            {
                return false;
            }

            high++;
            run++;
            inRuns += run == LongRun ? LongRun : run > LongRun ? 1 : 0;
            before = character;
        }

        return 8 * inRuns <= high;
    }

    private static bool Fits(char before, char character, byte next) =>
        char.IsLetter(character) ? character is not ('ª' or 'º' or 'ƒ' or 'ˆ') || !char.IsLetter(before) || !IsLetter(next)
        : Typography.Contains(character, StringComparison.Ordinal) || (!char.IsControl(character) && !char.IsLetter(before) && !(char.IsDigit(before) && IsLetter(next)));

    private static bool IsLetter(byte value) => value < 128 ? char.IsAsciiLetter((char)value) : char.IsLetter(Decode(value));

    private static char Decode(byte value)
    {
        char character = '\0';
        Encoding.GetChars(new ReadOnlySpan<byte>(in value), new Span<char>(ref character));
        return character;
    }
}
