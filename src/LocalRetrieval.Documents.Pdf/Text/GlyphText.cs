using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Text;

/// <summary>Makes a line's text of its signs: puts spaces where gaps are, and right-to-left runs into the order they are read in.</summary>
internal static class GlyphText
{
    private const string RaisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>The text of signs from left to right.</summary>
    /// <param name="glyphs">The signs.</param>
    /// <param name="pitch">The width of each sign where all are equally wide and gaps count as several spaces; 0 otherwise.</param>
    public static string Compose(List<Glyph> glyphs, double pitch = 0)
    {
        double threshold = SpaceThreshold(glyphs);
        List<string> pieces = new(2 * glyphs.Count);
        for (int index = 0; index < glyphs.Count; index++)
        {
            if (index > 0)
            {
                AddSpaces(glyphs[index - 1], glyphs[index], threshold, pitch, pieces);
                if (IsMark(glyphs, index))
                {
                    pieces.Add(" ");
                }
            }

            pieces.Add(TextOf(glyphs[index]));
        }

        return VisualOrder.ToLogical(pieces);
    }

    /// <summary>The width of the first word: what would have had to fit on the line before.</summary>
    public static double FirstWordWidth(List<Glyph> glyphs)
    {
        double threshold = SpaceThreshold(glyphs);
        int end = 1;
        while (end < glyphs.Count && !Scripts.JoinsWithoutSpace(glyphs[end - 1].Text, glyphs[end].Text) && !HasSpace(glyphs[end - 1], glyphs[end], threshold))
        {
            end++;
        }

        return glyphs[end - 1].Right - glyphs[0].Left;
    }

    private static void AddSpaces(Glyph previous, Glyph glyph, double threshold, double pitch, List<string> pieces)
    {
        if (pitch > 0)
        {
            int count = (int)Math.Round((glyph.Left - previous.Right) / pitch);
            if (count > 0 || glyph.IsAfterSpace)
            {
                pieces.Add(new string(' ', Math.Clamp(count, 1, 120)));
            }
        }
        else if (HasSpace(previous, glyph, threshold))
        {
            pieces.Add(" ");
        }
    }

    private static bool HasSpace(Glyph previous, Glyph glyph, double threshold)
    {
        if (glyph.IsAfterSpace)
        {
            return true;
        }

        double gap = (glyph.Left - previous.Right) / Math.Max(previous.Size, glyph.Size);
        return gap > threshold && (gap > 1.5 || !Scripts.JoinsWithoutSpace(previous.Text, glyph.Text));
    }

    // Letters that are set apart for emphasis stand further apart than most: what is wide is told by the middle gap of the line.
    private static double SpaceThreshold(List<Glyph> glyphs)
    {
        const double Usual = 0.16;
        if (glyphs.Count < 4)
        {
            return Usual;
        }

        List<double> gaps = new(glyphs.Count - 1);
        for (int index = 1; index < glyphs.Count; index++)
        {
            if (char.IsLetterOrDigit(glyphs[index].Text, 0) && char.IsLetterOrDigit(glyphs[index - 1].Text, 0))
            {
                gaps.Add((glyphs[index].Left - glyphs[index - 1].Right) / Math.Max(glyphs[index].Size, glyphs[index - 1].Size));
            }
        }

        gaps.Sort();
        double middle = gaps.Count == 0 ? 0 : gaps[gaps.Count / 2];
        return middle < 0.05 ? Usual : Math.Max(Usual, (1.5 * middle) + 0.05);
    }

    // A raised letter behind a word is a mark, and no letter of the word: with more letters it is an ending, as of "Mme".
    private static bool IsMark(List<Glyph> glyphs, int index) =>
        glyphs[index] is { IsRaised: true, IsAfterSpace: false } && !glyphs[index - 1].IsRaised
        && char.IsLower(glyphs[index].Text, 0) && char.IsLower(glyphs[index - 1].Text, 0)
        && !(index + 1 < glyphs.Count && glyphs[index + 1].IsRaised && char.IsLetter(glyphs[index + 1].Text, 0));

    private static string TextOf(Glyph glyph) =>
        !glyph.IsRaised || glyph.Text.Length != 1 ? glyph.Text : glyph.Text[0] switch
        {
            >= '0' and <= '9' => RaisedDigits[glyph.Text[0] - '0'].ToString(),
            '−' or '-' => "⁻",
            '+' => "⁺",
            _ => glyph.Text,
        };
}
