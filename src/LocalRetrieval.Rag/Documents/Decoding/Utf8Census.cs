using System.Buffers;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>How much of bytes that are no UTF-8 would be.</summary>
/// <param name="FirstInvalid">Where the first bytes stand that are none.</param>
/// <param name="Valid">How many characters beyond ASCII are.</param>
/// <param name="Invalid">How many sequences are none.</param>
/// <param name="Forms">How many of those have the form of UTF-8 and encode what it must not: a surrogate, or ASCII in two bytes.</param>
/// <param name="EndsWithin">Whether all that is wrong is that the last character is cut off.</param>
internal readonly record struct Utf8Census(int FirstInvalid, int Valid, int Invalid, int Forms, bool EndsWithin)
{
    public static Utf8Census Take(ReadOnlySpan<byte> bytes)
    {
        int first = -1;
        int valid = 0;
        int invalid = 0;
        int forms = 0;
        bool endsWithin = false;
        for (int offset = 0; offset < bytes.Length;)
        {
            int ascii = bytes[offset..].IndexOfAnyExceptInRange((byte)0, (byte)127);
            if (ascii < 0)
            {
                break;
            }

            offset += ascii;
            OperationStatus status = Rune.DecodeFromUtf8(bytes[offset..], out _, out int length);
            if (status == OperationStatus.Done)
            {
                valid++;
            }
            else
            {
                endsWithin = status == OperationStatus.NeedMoreData && invalid == 0;
                first = first < 0 ? offset : first;
                invalid++;
                int form = FormLength(bytes[offset..]);
                forms += form > 0 ? 1 : 0;
                length = Math.Max(length, form);
            }

            offset += length;
        }

        return new Utf8Census(first, valid, invalid, forms, endsWithin);
    }

    /// <summary>The length of a form that encodes what UTF-8 must not. A letter before a space or a mark of punctuation is text of Windows-1252.</summary>
    private static int FormLength(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..] when !IsPunctuation(bytes[1]) || !IsPunctuation(bytes[2]) => 3,
        [0xC0 or 0xC1, >= 0x80 and <= 0xBF, ..] when !IsPunctuation(bytes[1]) => 2,
        _ => 0,
    };

    private static bool IsPunctuation(byte value) => value is 0xA0 or 0xAB or 0xBB or 0x85 or (>= 0x91 and <= 0x94) or 0x96 or 0x97;
}
