namespace LocalRetrieval.Documents.Layout;

/// <summary>Puts what is drawn on a page into the order it is read in.</summary>
internal static class PageLayout
{
    /// <summary>The lines and tables of a page.</summary>
    public static List<PageItem> Read(PageGlyphs page)
    {
        List<PageItem> items = [];
        for (int direction = 0; direction < page.Directions.Count; direction++)
        {
            bool isUpright = direction == 0;
            IReadOnlyList<Rule> rules = isUpright ? page.Rules : [];
            List<Segment> segments = RuledTables.Replace(SegmentBuilder.Build(page.Directions[direction]), rules);
            foreach (List<Segment> column in ColumnCutter.Cut(segments))
            {
                AddColumn(column, page.Number, isUpright, rules, items);
            }
        }

        return items;
    }

    private static void AddColumn(List<Segment> segments, int page, bool isUpright, IReadOnlyList<Rule> rules, List<PageItem> items)
    {
        Column column = new() { IsUpright = isUpright };
        List<TextLine> all = [], lines = [];
        foreach (List<Segment> row in Rows(segments))
        {
            if (row[0].Table is { } table)
            {
                items.AddRange(AlignedTables.Find(lines, rules));
                items.Add(new PageItem(page, null, table));
                lines = [];
            }
            else
            {
                TextLine line = new(row, page, column);
                lines.Add(line);
                all.Add(line);
            }
        }

        items.AddRange(AlignedTables.Find(lines, rules));
        column.Measure(all);
    }

    private static IEnumerable<List<Segment>> Rows(List<Segment> segments)
    {
        for (int start = 0; start < segments.Count;)
        {
            Segment first = segments[start];
            int end = start + 1;
            while (end < segments.Count && first.Table is null && segments[end].Table is null
                && first.Baseline - segments[end].Baseline <= 0.3 * Math.Min(first.Size, segments[end].Size))
            {
                end++;
            }

            yield return [.. segments[start..end].OrderBy(segment => segment.Left)];
            start = end;
        }
    }
}
