namespace LocalRetrieval.Documents.Layout;

/// <summary>Whether rows of cells are a table, and whether the first one names the columns.</summary>
internal static class TableShape
{
    /// <summary>Whether at least two columns have texts in several rows.</summary>
    public static bool IsTable(TableGrid table, int minRows)
    {
        if (table.Rows.Count < minRows)
        {
            return false;
        }

        int filledColumns = Enumerable.Range(0, table.Rows[0].Length)
            .Count(column => table.Rows.Count(row => row[column].Length > 0) >= Math.Max(2, table.Rows.Count / 4));
        return filledColumns >= 2;
    }

    /// <summary>The table without its empty columns, with its first row taken for the columns' names where it is one.</summary>
    public static TableGrid WithHeader(TableGrid table, bool isRuled)
    {
        int[] used = [.. Enumerable.Range(0, table.Rows[0].Length).Where(column => table.Rows.Any(row => row[column].Length > 0))];
        for (int row = 0; row < table.Rows.Count; row++)
        {
            table.Rows[row] = Array.ConvertAll(used, column => table.Rows[row][column]);
        }

        string[] first = table.Rows[0];
        bool isNamed = first.Count(cell => cell.Length > 0) >= Math.Max(2, first.Length - 1) && !first.Any(IsNumber);
        bool hasNumbers = Enumerable.Range(0, first.Length)
            .Any(column => first[column].Length > 0 && table.Rows.Skip(1).Count(row => IsNumber(row[column])) * 2 > table.Rows.Count - 1);
        table.HasHeader |= isNamed && (isRuled || hasNumbers);
        return table;
    }

    private static bool IsNumber(string cell) =>
        cell.Any(char.IsAsciiDigit) && cell.Count(char.IsLetter) <= Math.Min(3, cell.Length / 3);
}
