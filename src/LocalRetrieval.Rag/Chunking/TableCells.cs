namespace LocalRetrieval.Rag;

/// <summary>The cells of a table's row: what stands between its bars, but for those behind a backslash or in backticks.</summary>
internal static class TableCells
{
    /// <summary>Where the cells stand, without white space at their ends; a cell without text is an empty range.</summary>
    public static List<TextRange> Split(string text, TextRange row)
    {
        row = row.Trim(text);
        List<TextRange> cells = [];
        Dictionary<int, int> lastRuns = LastRuns(text, row);
        int start = row.Start + (!row.IsEmpty && text[row.Start] == '|' ? 1 : 0);
        for (int index = start; index < row.End;)
        {
            switch (text[index])
            {
                case '\\':
                    index += 2;
                    break;
                case '`':
                    index = EndOfCode(text, index, row.End, lastRuns);
                    break;
                case '|':
                    cells.Add(Trim(text, start, index));
                    start = ++index;
                    break;
                default:
                    index++;
                    break;
            }
        }

        if (start < row.End)
        {
            cells.Add(Trim(text, start, row.End));
        }

        return cells;
    }

    private static TextRange Trim(string text, int start, int end)
    {
        TextRange cell = new TextRange(start, end).Trim(text);
        return cell.IsEmpty ? new TextRange(cell.Start, cell.Start) : cell;
    }

    /// <summary>Behind the backticks at <paramref name="index"/>, and what they hold where as many close it.</summary>
    private static int EndOfCode(string text, int index, int end, Dictionary<int, int> lastRuns)
    {
        int length = RunLength(text, index, end);
        int open = index;
        index += length;
        if (lastRuns[length] == open)
        {
            return index;
        }

        while (true)
        {
            index = text.IndexOf('`', index, end - index);
            int run = RunLength(text, index, end);
            index += run;
            if (run == length)
            {
                return index;
            }
        }
    }

    /// <summary>Where the last run of each length starts, so that what nothing closes is not looked for again and again.</summary>
    private static Dictionary<int, int> LastRuns(string text, TextRange row)
    {
        Dictionary<int, int> runs = [];
        for (int index = row.Start; (index = text.IndexOf('`', index, row.End - index)) >= 0;)
        {
            int length = RunLength(text, index, row.End);
            runs[length] = index;
            index += length;
        }

        return runs;
    }

    private static int RunLength(string text, int index, int end)
    {
        int start = index;
        while (index < end && text[index] == '`')
        {
            index++;
        }

        return index - start;
    }
}
