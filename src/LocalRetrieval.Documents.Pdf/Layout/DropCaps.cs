namespace LocalRetrieval.Documents.Layout;

/// <summary>Puts letters that are set over several lines at a paragraph's start before the first of these lines.</summary>
internal static class DropCaps
{
    private const double LeastRatio = 1.8;
    private const int MaxLines = 5;

    /// <summary>Moves each such letter from the line whose baseline it stands on, or from a line of its own.</summary>
    public static void Attach(List<Segment> segments)
    {
        for (int index = 1; index < segments.Count; index++)
        {
            Segment segment = segments[index];
            Glyph cap = segment.Glyphs[0];
            if (!char.IsUpper(cap.Text, 0) || (segment.Glyphs.Count > 1 && cap.Size < LeastRatio * segment.Glyphs[1].Size))
            {
                continue;
            }

            if (FirstLineBeside(segments, index, cap) is { } line)
            {
                line.Glyphs.Insert(0, cap with { Size = line.Size, Right = line.Left, Left = line.Left - 1, Baseline = line.Baseline });
                line.Measure();
                segment.Glyphs.RemoveAt(0);
                if (segment.Glyphs.Count == 0)
                {
                    segments.RemoveAt(index--);
                }
                else
                {
                    segment.Measure();
                }
            }
        }
    }

    private static Segment? FirstLineBeside(List<Segment> segments, int index, Glyph cap)
    {
        Segment? first = null;
        for (int above = index - 1, lines = 0; above >= 0 && lines < MaxLines; above--)
        {
            Segment line = segments[above];
            if (line.Baseline > cap.Baseline + cap.Size)
            {
                break;
            }

            bool isBeside = line.Left > cap.Right - (0.2 * cap.Size) && line.Left < cap.Right + (0.5 * cap.Size);
            if (isBeside && cap.Size >= LeastRatio * line.Size && line.Glyphs.Count > 3 && line.Baseline < cap.Baseline + (0.85 * cap.Size) && line.Baseline > cap.Baseline + (0.2 * line.Size))
            {
                first = line;
                lines++;
            }
        }

        return first;
    }
}
