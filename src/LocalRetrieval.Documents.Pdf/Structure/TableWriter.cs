using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Structure;

/// <summary>Writes tables; one that goes on at the top of the next page is one, with the page it starts on.</summary>
internal static class TableWriter
{
    private const double Tolerance = 4;

    /// <summary>Writes the table at <paramref name="index"/> with its parts on the pages behind.</summary>
    /// <returns>The place of the last part.</returns>
    public static int Write(List<TextBlock> blocks, int index, DocumentContentBuilder builder)
    {
        TableGrid table = blocks[index].Table!;
        builder.BeginTable(table.HasHeader ? table.Rows[0] : null);
        AddRows(table, table.HasHeader ? 1 : 0, builder);
        for (; index + 1 < blocks.Count && GoesOn(blocks[index], blocks[index + 1]); index++)
        {
            TableGrid part = blocks[index + 1].Table!;
            AddRows(part, table.HasHeader && part.Rows[0].SequenceEqual(table.Rows[0]) ? 1 : 0, builder);
        }

        builder.EndTable();
        return index;
    }

    private static void AddRows(TableGrid table, int start, DocumentContentBuilder builder)
    {
        for (int row = start; row < table.Rows.Count; row++)
        {
            builder.AddTableRow(table.Rows[row]);
        }
    }

    private static bool GoesOn(TextBlock block, TextBlock next) =>
        next.Table is { } part && next.Page == block.Page + 1 && part.Rows[0].Length == block.Table!.Rows[0].Length
        && Math.Abs(part.Left - block.Table.Left) < Tolerance && Math.Abs(part.Right - block.Table.Right) < Tolerance;
}
