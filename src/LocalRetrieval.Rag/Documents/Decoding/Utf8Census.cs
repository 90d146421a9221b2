using System.Buffers;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>How much of bytes that are no UTF-8 would be.</summary>
/// <param name="FirstInvalid">Where the first bytes stand that are none.</param>
/// <param name="Valid">How many characters beyond ASCII are.</param>
/// <param name="Invalid">How many sequences are none.</param>
/// <param name="Surrogates">How many of those are surrogates, each encoded as if it were a character.</param>
/// <param name="EndsWithin">Whether all that is wrong is that the last character is cut off.</param>
internal readonly record struct Utf8Census(int FirstInvalid, int Valid, int Invalid, int Surrogates, bool EndsWithin)
{
    public static Utf8Census Take(ReadOnlySpan<byte> bytes)
    {
        int first = -1;
        int valid = 0;
        int invalid = 0;
        int surrogates = 0;
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
                if (IsSurrogate(bytes[offset..]))
                {
                    surrogates++;
                    length = 3;
                }
            }

            offset += length;
        }

        return new Utf8Census(first, valid, invalid, surrogates, endsWithin);
    }

    /// <summary>Whether bytes start with a surrogate. An í before a space and a quotation mark that closes, either of them first, is text of Windows-1252.</summary>
    private static bool IsSurrogate(ReadOnlySpan<byte> bytes) =>
        bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..] and not ([_, 0xA0, 0xBB or 0x85 or 0x96 or 0x97, ..] or [_, 0xBB, _, ..]);
}
