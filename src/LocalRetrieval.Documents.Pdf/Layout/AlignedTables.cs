using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Layout;

/// <summary>Finds tables in the lines of a column: lines one below the other whose parts leave the same white strips.</summary>
internal static class AlignedTables
{
    private const int MinRows = 3;

    // In sizes of the font.
    private const double CellGap = 1.0;

    /// <summary>The lines, with a table where lines were cells.</summary>
    public static IEnumerable<PageItem> Find(List<TextLine> lines, IReadOnlyList<Rule> rules)
    {
        for (int index = 0; index < lines.Count;)
        {
            int end = RunEnd(lines, index, out List<(double Left, double Right)> columns);
            if (end - index >= MinRows && Read(lines[index..end], columns, rules) is { } table)
            {
                yield return new PageItem(lines[index].Page, null, table);
                index = end;
            }
            else
            {
                yield return new PageItem(lines[index].Page, lines[index], null);
                index++;
            }
        }
    }

    private static int RunEnd(List<TextLine> lines, int start, out List<(double Left, double Right)> columns)
    {
        columns = CellsOf(lines[start]);
        if (columns.Count < 2 || lines[start].IsFixedPitch || IsLeader(lines[start]))
        {
            return start;
        }

        int most = columns.Count;
        int end = start + 1;
        for (; end < lines.Count; end++)
        {
            TextLine line = lines[end];
            List<(double Left, double Right)> cells = CellsOf(line);
            if (lines[end - 1].Baseline - line.Baseline > 3 * line.Size || (cells.Count < 2 && !IsContinuation(lines[end - 1], line, columns)) || IsLeader(line))
            {
                break;
            }

            List<(double Left, double Right)> merged = Merge(columns, cells);
            if (merged.Count < 2 || merged.Count < Math.Max(most, cells.Count) - 1)
            {
                break;
            }

            most = Math.Max(most, merged.Count);
            columns = merged;
        }

        return end;
    }

    private static bool IsLeader(TextLine line) => Leaders.IsLine(line.Text);

    // A line inside one column goes on with the cell above it.
    private static bool IsContinuation(TextLine previous, TextLine line, List<(double Left, double Right)> columns) =>
        previous.Baseline - line.Baseline < 1.4 * line.Size
        && columns.FindIndex(column => line.Left < column.Right && line.Right > column.Left) is var first and >= 0
        && !columns.Skip(first + 1).Any(column => line.Right > column.Left)
        && line.Left > columns[first].Left - line.Size;

    private static List<(double Left, double Right)> CellsOf(TextLine line)
    {
        List<(double Left, double Right)> cells = [];
        foreach (Segment segment in line.Segments)
        {
            if (cells.Count > 0 && segment.Left - cells[^1].Right < CellGap * segment.Size)
            {
                cells[^1] = (cells[^1].Left, Math.Max(cells[^1].Right, segment.Right));
            }
            else
            {
                cells.Add((segment.Left, segment.Right));
            }
        }

        return cells;
    }

    private static List<(double Left, double Right)> Merge(List<(double Left, double Right)> columns, List<(double Left, double Right)> cells)
    {
        List<(double Left, double Right)> merged = [];
        foreach ((double left, double right) in columns.Concat(cells).OrderBy(cell => cell.Left))
        {
            if (merged.Count > 0 && left < merged[^1].Right + 2)
            {
                merged[^1] = (merged[^1].Left, Math.Max(merged[^1].Right, right));
            }
            else
            {
                merged.Add((left, right));
            }
        }

        return merged;
    }

    private static TableGrid? Read(List<TextLine> lines, List<(double Left, double Right)> columns, IReadOnlyList<Rule> rules)
    {
        TableGrid table = new(columns[0].Left, columns[^1].Right, lines[0].Baseline);
        TextLine? rowLine = null;
        int whole = 0;
        foreach (TextLine line in lines)
        {
            string[] cells = new string[columns.Count];
            for (int column = 0; column < cells.Length; column++)
            {
                (double left, double right) = columns[column];
                cells[column] = CellText.Join(line.Segments.FindAll(segment => segment.Left >= left - 1 && segment.Right <= right + 1));
            }

            int filled = cells.Count(cell => cell.Length > 0);
            if (filled == 1 && rowLine is not null && rowLine.Baseline - line.Baseline < 1.4 * line.Size)
            {
                int column = Array.FindIndex(cells, cell => cell.Length > 0);
                table.Rows[^1][column] = CellText.Append(table.Rows[^1][column], cells[column]);
            }
            else
            {
                whole += filled * 10 >= cells.Length * 6 ? 1 : 0;
                table.Rows.Add(cells);
            }

            rowLine = line;
        }

        if (whole * 10 < table.Rows.Count * 7 || !TableShape.IsTable(table, MinRows) || MiddleLength(table) > 40 || IsListed(table))
        {
            return null;
        }

        table.HasHeader = lines[0].IsBold && !lines[^1].IsBold || IsRuledOff(lines[0], lines[1], rules);
        return TableShape.WithHeader(table, isRuled: false);
    }

    private static bool IsRuledOff(TextLine first, TextLine second, IReadOnlyList<Rule> rules) =>
        rules.Any(rule => rule.IsHorizontal && rule.Position < first.Baseline && rule.Position > second.Baseline && rule.Start < first.Right && rule.End > first.Left);

    private static int MiddleLength(TableGrid table)
    {
        int[] lengths = [.. table.Rows.SelectMany(row => row).Select(cell => cell.Length).Where(length => length > 0).Order()];
        return lengths[lengths.Length / 2];
    }

    // A column of bullets or numbers before text is a list.
    private static bool IsListed(TableGrid table) =>
        table.Rows[0].Length == 2 && table.Rows.Count(row => row[0].Length == 0 || ListMarker.Find(row[0] + " x") is not null) * 10 >= table.Rows.Count * 8;
}
