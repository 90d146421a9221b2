using System.Text;

namespace LocalRetrieval.Documents.Text;

/// <summary>The order that the pieces of a line are read in, where they are known from left to right as they stand.</summary>
internal static class VisualOrder
{
    /// <summary>Joins the pieces, runs from right to left turned round.</summary>
    public static string ToLogical(List<string> pieces)
    {
        int rightToLeft = pieces.Count(IsRightToLeft);
        if (rightToLeft == 0)
        {
            return string.Concat(pieces);
        }

        bool isLineRightToLeft = rightToLeft > pieces.Count(IsLeftToRight);
        List<string> ordered = new(pieces.Count);
        if (isLineRightToLeft)
        {
            pieces.Reverse();
        }

        for (int index = 0; index < pieces.Count;)
        {
            int end = RunEnd(pieces, index, isLineRightToLeft);
            if (end > index)
            {
                pieces.Reverse(index, end - index);
            }

            end = Math.Max(end, index + 1);
            ordered.AddRange(pieces[index..end]);
            index = end;
        }

        return string.Concat(ordered);
    }

    // A run against the line's direction starts and ends with a strong sign (or a digit) of its own; neutral ones between belong to it.
    private static int RunEnd(List<string> pieces, int start, bool isLineRightToLeft)
    {
        int end = start;
        for (int index = start; index < pieces.Count; index++)
        {
            bool isForeign = isLineRightToLeft ? IsLeftToRight(pieces[index]) || IsDigit(pieces[index]) : IsRightToLeft(pieces[index]);
            bool isOwn = isLineRightToLeft ? IsRightToLeft(pieces[index]) : IsLeftToRight(pieces[index]);
            if (isForeign)
            {
                end = index + 1;
            }
            else if (isOwn || index == start)
            {
                break;
            }
        }

        return end;
    }

    private static bool IsRightToLeft(string piece) => Rune.DecodeFromUtf16(piece, out Rune rune, out _) == System.Buffers.OperationStatus.Done && Scripts.IsRightToLeft(rune);

    private static bool IsLeftToRight(string piece) =>
        Rune.DecodeFromUtf16(piece, out Rune rune, out _) == System.Buffers.OperationStatus.Done && Rune.IsLetter(rune) && !Scripts.IsRightToLeft(rune);

    private static bool IsDigit(string piece) => piece.Length > 0 && char.IsDigit(piece[0]);
}
