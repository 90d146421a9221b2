using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Layout;

/// <summary>Puts signs together that stand on one baseline without a wide gap.</summary>
internal static class SegmentBuilder
{
    // In sizes of the font. Spaces of justified lines may be wider: the parts are put together again once the columns are known.
    private const double WideGap = 0.6;
    private const double BaselineTolerance = 0.12;
    private const int MaxNeighbours = 100;

    /// <summary>The segments of <paramref name="glyphs"/>, from top to bottom.</summary>
    public static List<Segment> Build(List<Glyph> glyphs)
    {
        List<Segment> segments = [];
        List<Glyph> sorted = [.. glyphs.OrderByDescending(glyph => glyph.Baseline)];
        for (int start = 0; start < sorted.Count;)
        {
            int end = start + 1;
            while (end < sorted.Count && sorted[start].Baseline - sorted[end].Baseline <= BaselineTolerance * Math.Max(sorted[start].Size, sorted[end].Size))
            {
                end++;
            }

            AddRow(sorted[start..end], segments);
            start = end;
        }

        DropCaps.Attach(segments);
        return AbsorbShifted(segments);
    }

    private static void AddRow(List<Glyph> row, List<Segment> segments)
    {
        List<Glyph> current = [];
        bool isAfterSpace = false;
        foreach (Glyph glyph in row.OrderBy(glyph => glyph.Left))
        {
            if (string.IsNullOrWhiteSpace(glyph.Text))
            {
                isAfterSpace = current.Count > 0;
                continue;
            }

            if (current.Count > 0)
            {
                Glyph previous = current[^1];
                if (IsDrawnAgain(previous, glyph))
                {
                    continue;
                }

                if (Accents.TryCompose(previous, glyph) is { } letter)
                {
                    current[^1] = letter with { IsAfterSpace = previous.IsAfterSpace };
                    continue;
                }

                if (glyph.Left - previous.Right > WideGap * Math.Max(previous.Size, glyph.Size))
                {
                    segments.Add(new Segment(current));
                    current = [];
                }
            }

            current.Add(glyph with { IsAfterSpace = isAfterSpace });
            isAfterSpace = false;
        }

        if (current.Count > 0)
        {
            segments.Add(new Segment(current));
        }
    }

    // Bold type and shadows are made by drawing a sign twice.
    private static bool IsDrawnAgain(Glyph previous, Glyph glyph) =>
        previous.Text == glyph.Text && glyph.Left - previous.Left < 0.2 * Math.Min(glyph.Size, glyph.Right - glyph.Left + (0.1 * glyph.Size));

    private static List<Segment> AbsorbShifted(List<Segment> segments)
    {
        List<Segment> kept = [];
        HashSet<Segment> absorbed = [];
        for (int index = 0; index < segments.Count; index++)
        {
            if (FindLineOf(segments, index) is { } line && !absorbed.Contains(line))
            {
                line.Absorb(segments[index]);
                absorbed.Add(segments[index]);
            }
            else
            {
                kept.Add(segments[index]);
            }
        }

        return kept;
    }

    private static Segment? FindLineOf(List<Segment> segments, int index)
    {
        Segment small = segments[index];
        Segment? best = null;
        for (int other = Math.Max(0, index - MaxNeighbours); other < Math.Min(segments.Count, index + MaxNeighbours); other++)
        {
            Segment line = segments[other];
            double shift = small.Baseline - line.Baseline;
            if (small.Size < 0.85 * line.Size && small.Glyphs.Count <= 12 && shift > -0.35 * line.Size && shift < 0.65 * line.Size && Touches(line, small)
                && (best is null || Math.Abs(shift) < Math.Abs(small.Baseline - best.Baseline)))
            {
                best = line;
            }
        }

        return best;
    }

    private static bool Touches(Segment line, Segment small) =>
        small.Left < line.Right + (0.35 * line.Size) && small.Right > line.Left - (0.5 * line.Size);
}
