namespace LocalRetrieval.Documents.Layout;

/// <summary>A white strip between two columns.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Start">The first of the segments, from top to bottom, that it stands between.</param>
/// <param name="End">Behind the last of them.</param>
internal readonly record struct Gutter(double X, int Start, int End)
{
    private const int MinLines = 3;
    private const int MaxProbes = 300;

    /// <summary>The strip between the most lines of segments sorted from top to bottom; null where no strip has columns of text on both sides.</summary>
    public static Gutter? Find(List<Segment> segments)
    {
        if (segments.Count < 2 * MinLines)
        {
            return null;
        }

        double size = MiddleSize(segments);
        double left = segments.Min(segment => segment.Left), right = segments.Max(segment => segment.Right);
        double step = Math.Max(0.25 * size, (right - left) / MaxProbes);
        Gutter? best = null;
        int bestScore = 0;
        for (double x = left + (2 * size); x < right - (2 * size); x += step)
        {
            FindAt(x, segments, size, ref best, ref bestScore);
        }

        return best;
    }

    private static void FindAt(double x, List<Segment> segments, double size, ref Gutter? best, ref int bestScore)
    {
        int start = 0;
        for (int index = 0; index <= segments.Count; index++)
        {
            if (index < segments.Count && (segments[index].Right <= x || segments[index].Left >= x))
            {
                continue;
            }

            // Shorter strips cannot be better, and need no closer look.
            if (index - start > bestScore && index - start >= 2 * MinLines)
            {
                int score = Score(x, segments, start, index, size);
                if (score > bestScore)
                {
                    (best, bestScore) = (new Gutter(x, start, index), score);
                }
            }

            start = index + 1;
        }
    }

    private static int Score(double x, List<Segment> segments, int start, int end, double size)
    {
        GutterSide left = new(), right = new();
        for (int index = start; index < end; index++)
        {
            (segments[index].Right <= x ? left : right).Add(segments[index]);
        }

        int fewer = Math.Min(left.Lines, right.Lines), more = Math.Max(left.Lines, right.Lines);
        if (right.IsLeaders || fewer < (more < 3 * MinLines ? MinLines : MinLines - 1) || right.Left - left.Right < 0.75 * size || left.Width < 3 * size || right.Width < 3 * size)
        {
            return 0;
        }

        bool isAligned = left.CountOnLinesOf(right, 0.25 * size) >= 0.8 * fewer;
        bool areColumns = !isAligned || right.IsList || (left.IsProse(size) && right.IsProse(size) && !(left.IsFixedPitch && right.IsFixedPitch));
        return areColumns ? left.Lines + right.Lines : 0;
    }

    private static double MiddleSize(List<Segment> segments)
    {
        double[] sizes = [.. segments.Select(segment => segment.Size).Order()];
        return sizes[sizes.Length / 2];
    }
}
