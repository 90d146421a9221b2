namespace LocalRetrieval.Rag;

/// <summary>The cells of a table's row: what stands between its bars, but for those right behind a backslash. As in GitHub's Markdown, bars in code count.</summary>
internal static class TableCells
{
    /// <summary>Where the cells stand, without white space at their ends; a cell without text is an empty range.</summary>
    public static List<TextRange> Split(string text, TextRange row)
    {
        row = row.Trim(text);
        List<TextRange> cells = [];
        int start = row.Start + (!row.IsEmpty && text[row.Start] == '|' ? 1 : 0);
        for (int index = start; index < row.End; index++)
        {
            if (text[index] == '|' && (index == start || text[index - 1] != '\\'))
            {
                cells.Add(Trim(text, start, index));
                start = index + 1;
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
}
