namespace LocalRetrieval.Documents;

/// <summary>Tells tables beside each other apart.</summary>
internal static class SheetColumns
{
    /// <summary>The rows by blocks of columns between which a column is blank in all of them, as Excel sees its regions; from left to right.</summary>
    public static IReadOnlyList<SheetRow[]> Split(IReadOnlyList<SheetRow> rows)
    {
        int[] columns = [.. rows.SelectMany(row => row.Cells.Select(cell => cell.Column)).Distinct().Order()];
        List<SheetRow[]> tables = [];
        int first = 0;
        for (int index = 1; index <= columns.Length; index++)
        {
            if (index == columns.Length || columns[index] > columns[index - 1] + 1)
            {
                tables.Add(Between(rows, columns[first], columns[index - 1]));
                first = index;
            }
        }

        return tables;
    }

    private static SheetRow[] Between(IReadOnlyList<SheetRow> rows, int first, int last) =>
    [
        .. rows.Select(row => row with { Cells = [.. row.Cells.Where(cell => cell.Column >= first && cell.Column <= last)] }).Where(row => row.Cells.Count > 0),
    ];
}
