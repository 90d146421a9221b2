namespace LocalRetrieval.Documents.Layout;

/// <summary>Finds tables whose cells are drawn: lines across and upright that meet.</summary>
internal static class RuledTables
{
    private const double Touch = 3;
    private const int MaxRules = 4000;

    /// <summary>Replaces the segments inside drawn tables by one segment for each table.</summary>
    public static List<Segment> Replace(List<Segment> segments, IReadOnlyList<Rule> rules)
    {
        if (rules.Count is < 5 or > MaxRules)
        {
            return segments;
        }

        List<Segment> left = segments;
        foreach (List<Rule> group in Connect(rules))
        {
            double[] edgesX = Positions(group, isHorizontal: false);
            double[] edgesY = Positions(group, isHorizontal: true);
            if (edgesX.Length >= 3 && edgesY.Length >= 3 && Read(left, group, edgesX, edgesY) is { } table)
            {
                left = left.FindAll(segment => !IsInside(segment, edgesX, edgesY));
                left.Add(new Segment(table));
            }
        }

        left.Sort((first, second) => second.Baseline.CompareTo(first.Baseline));
        return left;
    }

    private static List<List<Rule>> Connect(IReadOnlyList<Rule> rules)
    {
        int[] parents = [.. Enumerable.Range(0, rules.Count)];
        int Root(int index)
        {
            while (parents[index] != index)
            {
                index = parents[index] = parents[parents[index]];
            }

            return index;
        }

        for (int first = 0; first < rules.Count; first++)
        {
            for (int second = 0; second < first; second++)
            {
                if (Meet(rules[first], rules[second]))
                {
                    parents[Root(first)] = Root(second);
                }
            }
        }

        return [.. Enumerable.Range(0, rules.Count).GroupBy(Root).Select(group => group.Select(index => rules[index]).ToList())];
    }

    private static bool Meet(Rule first, Rule second) =>
        first.IsHorizontal == second.IsHorizontal
            ? Math.Abs(first.Position - second.Position) < Touch && first.Start < second.End + Touch && second.Start < first.End + Touch
            : first.Position > second.Start - Touch && first.Position < second.End + Touch
                && second.Position > first.Start - Touch && second.Position < first.End + Touch;

    private static double[] Positions(List<Rule> rules, bool isHorizontal)
    {
        List<double> positions = [];
        foreach (double position in rules.Where(rule => rule.IsHorizontal == isHorizontal).Select(rule => rule.Position).Order())
        {
            if (positions.Count == 0 || position - positions[^1] > Touch)
            {
                positions.Add(position);
            }
        }

        return [.. positions];
    }

    private static TableGrid? Read(List<Segment> segments, List<Rule> rules, double[] edgesX, double[] edgesY)
    {
        List<Segment>[,] cells = new List<Segment>[edgesY.Length - 1, edgesX.Length - 1];
        foreach (Segment segment in segments.Where(segment => segment.Table is null && IsInside(segment, edgesX, edgesY)))
        {
            int row = edgesY.Length - 2 - Interval(edgesY, MiddleY(segment));
            double[] edges = Positions(rules.FindAll(rule => rule.Start - Touch < MiddleY(segment) && rule.End + Touch > MiddleY(segment)), isHorizontal: false);
            foreach (Segment part in edges.Length < 2 ? [segment] : Cut(segment, edges))
            {
                int column = Interval(edgesX, edges.Length < 2 ? part.Left : edges[Interval(edges, (part.Glyphs[0].Left + part.Glyphs[0].Right) / 2)] + Touch);
                (cells[row, column] ??= []).Add(part);
            }
        }

        TableGrid table = new(edgesX[0], edgesX[^1], edgesY[^1]);
        for (int row = 0; row < cells.GetLength(0); row++)
        {
            string[] texts = [.. Enumerable.Range(0, cells.GetLength(1)).Select(column => CellText.Join(cells[row, column] ?? []))];
            if (texts.Any(text => text.Length > 0))
            {
                table.Rows.Add(texts);
            }
        }

        return TableShape.IsTable(table, minRows: 2) ? TableShape.WithHeader(table, isRuled: true) : null;
    }

    // Cells stand so close that a segment may hold several of them.
    private static IEnumerable<Segment> Cut(Segment segment, double[] edges) =>
        segment.Glyphs.GroupBy(glyph => Interval(edges, (glyph.Left + glyph.Right) / 2)).Select(group => new Segment([.. group]));

    private static bool IsInside(Segment segment, double[] edgesX, double[] edgesY) =>
        (segment.Left + segment.Right) / 2 is var x && x > edgesX[0] && x < edgesX[^1] && MiddleY(segment) > edgesY[0] && MiddleY(segment) < edgesY[^1];

    private static double MiddleY(Segment segment) => segment.Baseline + (0.25 * segment.Size);

    private static int Interval(double[] edges, double position)
    {
        int index = Array.BinarySearch(edges, position);
        return Math.Clamp(index >= 0 ? index : ~index - 1, 0, edges.Length - 2);
    }
}
