using System.Globalization;
using System.Text.RegularExpressions;
using LocalRetrieval.Documents.Layout;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Leaves out running heads, running feet and page numbers: lines at a page's edge that say the same at the same place, or count with the pages.</summary>
internal sealed partial class RunningLines
{
    private const int Rows = 3;
    private const int MinRepeats = 3;
    private const double Tolerance = 4;

    private readonly List<Edge> _edges = [];
    // Columns may say the same at the same height: lines count once a page.
    private readonly HashSet<(int Page, bool IsTop, int Place, string Text)> _counted = [];
    private readonly Dictionary<(bool IsTop, int Place, string Text), int> _texts = [];
    private readonly Dictionary<(bool IsTop, int Place, int Offset), int> _offsets = [];
    private readonly double _bodySize;
    private readonly int _pages;

    private RunningLines(List<PageItem> items, double bodySize)
    {
        _bodySize = bodySize;
        foreach (IGrouping<int, TextLine> page in items.Where(item => item.Line is { Column.IsUpright: true }).GroupBy(item => item.Page, item => item.Line!))
        {
            _pages++;
            AddEdges(page);
        }
    }

    private sealed record Edge(TextLine Line, bool IsTop, int Rank, bool IsApart);

    /// <summary>The items without running lines.</summary>
    public static List<PageItem> Remove(List<PageItem> items, double bodySize)
    {
        RunningLines running = new(items, bodySize);
        HashSet<TextLine> found = running.Find();
        List<PageItem> kept = found.Count == 0 ? items : items.FindAll(item => item.Line is null || !found.Contains(item.Line));

        // A document of nothing but the same line is no document of running lines.
        return kept.Count == 0 ? items : kept;
    }

    private void AddEdges(IEnumerable<TextLine> lines)
    {
        List<List<TextLine>> rows = [];
        foreach (TextLine line in lines.OrderByDescending(line => line.Baseline))
        {
            if (rows.Count == 0 || rows[^1][0].Baseline - line.Baseline > Tolerance)
            {
                rows.Add([]);
            }

            rows[^1].Add(line);
        }

        for (int rank = 0; rank < Math.Min(Rows, rows.Count); rank++)
        {
            AddRow(rows[rank], isTop: true, rank, rank + 1 < rows.Count ? rows[rank][0].Baseline - rows[rank + 1][0].Baseline : 0);
            AddRow(rows[^(rank + 1)], isTop: false, rank, rank + 1 < rows.Count ? rows[^(rank + 2)][0].Baseline - rows[^(rank + 1)][0].Baseline : 0);
        }
    }

    private void AddRow(List<TextLine> row, bool isTop, int rank, double gap)
    {
        foreach (TextLine line in row)
        {
            _edges.Add(new Edge(line, isTop, rank, gap > 1.8 * line.Size));
            if (_counted.Add((line.Page, isTop, Place(line), line.Text)))
            {
                Count(_texts, (isTop, Place(line), line.Text));
                foreach (int number in NumbersIn(line.Text))
                {
                    Count(_offsets, (isTop, Place(line), number - line.Page));
                }
            }
        }
    }

    private HashSet<TextLine> Find()
    {
        HashSet<TextLine> found = [];
        foreach (IGrouping<(int Page, bool IsTop), Edge> edge in _edges.GroupBy(edge => (edge.Line.Page, edge.IsTop)))
        {
            foreach (IGrouping<int, Edge> row in edge.GroupBy(line => line.Rank).OrderBy(row => row.Key))
            {
                Edge[] running = [.. row.Where(IsRunning)];
                found.UnionWith(running.Select(line => line.Line));
                if (running.Length < row.Count())
                {
                    break;
                }
            }
        }

        return found;
    }

    private bool IsRunning(Edge edge)
    {
        TextLine line = edge.Line;
        bool isSmall = line.Size <= 1.15 * _bodySize;
        int place = Place(line);
        int repeats = Near(place).Sum(near => _texts.GetValueOrDefault((edge.IsTop, near, line.Text)));
        if (repeats >= MinRepeats || (repeats == 2 && isSmall && edge is { Rank: 0, IsApart: true }))
        {
            return true;
        }

        return isSmall && ((edge.Rank == 0 && IsOwnNumber(line)) || NumbersIn(line.Text).Any(number => CountsWithPages(edge, number)));
    }

    private bool CountsWithPages(Edge edge, int number)
    {
        int count = Near(Place(edge.Line)).Sum(near => _offsets.GetValueOrDefault((edge.IsTop, near, number - edge.Line.Page)));
        string text = edge.Line.Text;
        bool isAlone = edge.Rank == 0 && !text.Contains(' ');

        // A page's number stands at an end of its line, apart from the text: counting sentences are none.
        return isAlone ? count >= 2
            : count >= Math.Max(MinRepeats, _pages * 0.2) && edge.IsApart && (char.IsAsciiDigit(text[0]) || char.IsAsciiDigit(text[^1]));
    }

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;

    // A number alone, or with the count of pages, which is this page's.
    private static bool IsOwnNumber(TextLine line) =>
        line.Text.Length <= 12 && !line.Text.Any(char.IsLetter) && NumbersIn(line.Text).FirstOrDefault() == line.Page;

    private static int Place(TextLine line) => (int)Math.Floor(line.Baseline / Tolerance);

    private static int[] Near(int place) => [place - 1, place, place + 1];

    private static IEnumerable<int> NumbersIn(string text)
    {
        foreach (Match match in Numbers().Matches(text).Take(16))
        {
            if (int.TryParse(match.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                yield return number;
            }
            else if (match.Length == text.Length && RomanNumber.Parse(text) is { } roman)
            {
                yield return roman;
            }
        }
    }

    [GeneratedRegex("[0-9]{1,5}|^[ivxlc]{1,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
