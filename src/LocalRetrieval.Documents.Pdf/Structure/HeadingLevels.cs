namespace LocalRetrieval.Documents.Structure;

/// <summary>Gives headings their levels: those of outline and tags, and for others the rank of their size and weight.</summary>
internal static class HeadingLevels
{
    private const int MaxLevel = 6;

    /// <summary>Sets the levels of <paramref name="headings"/>.</summary>
    public static void Assign(List<TextBlock> headings, OutlineTitles outline)
    {
        Dictionary<(double Size, bool IsBold), List<int>> known = [];
        foreach (TextBlock heading in headings)
        {
            int tag = heading.Lines[0].HeadingLevel;
            heading.Level = outline.Find(heading.Title, heading.Page) ?? outline.Find(heading.Lines[0].Text, heading.Page) ?? tag;
            if (heading.Level > 0)
            {
                (known.TryGetValue(StyleOf(heading), out List<int>? levels) ? levels : known[StyleOf(heading)] = []).Add(heading.Level);
            }
        }

        List<(double Size, bool IsBold)> styles =
            [.. headings.Select(StyleOf).Distinct().OrderByDescending(style => style.Size).ThenByDescending(style => style.IsBold)];
        Dictionary<(double Size, bool IsBold), int> ranks = Rank(styles, known);
        foreach (IGrouping<(double Size, bool IsBold), TextBlock> style in headings.Where(heading => heading.Level == 0).GroupBy(StyleOf))
        {
            int[] depths = [.. style.Select(heading => HeadingFinder.DepthOfNumber(heading.Title)).Where(depth => depth > 0)];
            int least = depths.Length == 0 ? 0 : depths.Min();
            foreach (TextBlock heading in style)
            {
                int depth = HeadingFinder.DepthOfNumber(heading.Title);
                heading.Level = Math.Min(MaxLevel, ranks[style.Key] + (depth == 0 ? 0 : depth - least));
            }
        }
    }

    private static (double Size, bool IsBold) StyleOf(TextBlock heading) => (heading.Lines[0].Size, heading.Lines[0].IsBold);

    private static Dictionary<(double Size, bool IsBold), int> Rank(List<(double Size, bool IsBold)> styles, Dictionary<(double Size, bool IsBold), List<int>> known)
    {
        Dictionary<(double Size, bool IsBold), int> ranks = [];
        int last = 0;
        foreach ((double Size, bool IsBold) style in styles)
        {
            ranks[style] = last = known.TryGetValue(style, out List<int>? levels)
                ? Math.Max(1, levels.GroupBy(level => level).MaxBy(group => group.Count())!.Key)
                : Math.Min(MaxLevel, last + 1);
        }

        return ranks;
    }
}
