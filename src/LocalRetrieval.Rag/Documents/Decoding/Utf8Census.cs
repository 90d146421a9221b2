using System.Buffers;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>How much of bytes that are no UTF-8 would be.</summary>
/// <param name="FirstInvalid">Where the first bytes stand that are none.</param>
/// <param name="Valid">How many characters beyond ASCII are.</param>
/// <param name="Invalid">How many sequences are none.</param>
/// <param name="EndsWithin">Whether all that is wrong is that the last character is cut off.</param>
internal readonly record struct Utf8Census(int FirstInvalid, int Valid, int Invalid, bool EndsWithin)
{
    public static Utf8Census Take(ReadOnlySpan<byte> bytes)
    {
        int first = -1;
        int valid = 0;
        int invalid = 0;
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
            }

            offset += length;
        }

        return new Utf8Census(first, valid, invalid, endsWithin);
    }
}
