namespace LocalRetrieval.Rag;

/// <summary>Finds what parts the cells of a table, by its first rows.</summary>
internal static class DelimiterSniffer
{
    private const int SampleLength = 1 << 16;
    private const int SampleRows = 50;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The delimiter that parts most rows into the same number of cells; of several the one that gives more.</summary>
    /// <param name="text">The table.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="preferred">Taken where nothing tells another.</param>
    public static char Find(string text, int start, char preferred)
    {
        string sample = text.Substring(start, Math.Min(SampleLength, text.Length - start));
        char best = preferred;
        (double Share, int Cells) bestScore = Score(sample, preferred);
        foreach (char candidate in Candidates)
        {
            (double share, int cells) = Score(sample, candidate);
            bool isBetter = cells > 1 && (bestScore.Cells <= 1 || share > bestScore.Share + 0.1 || (share > bestScore.Share - 0.1 && cells > bestScore.Cells));
            if (candidate != preferred && isBetter)
            {
                (best, bestScore) = (candidate, (share, cells));
            }
        }

        return best;
    }

    private static (double Share, int Cells) Score(string sample, char delimiter)
    {
        DelimitedRows rows = new(sample, delimiter, 0);
        Dictionary<int, int> counts = [];
        int total = 0;
        for (; total < SampleRows && rows.Next(); total++)
        {
            counts[rows.Cells.Count] = counts.GetValueOrDefault(rows.Cells.Count) + 1;
        }

        (int cells, int number) = counts.Where(count => count.Key > 1).OrderByDescending(count => count.Value).ThenByDescending(count => count.Key)
            .Select(count => (count.Key, count.Value)).FirstOrDefault();
        return total == 0 ? (0, 0) : ((double)number / total, cells);
    }
}
