namespace LocalRetrieval.Rag;

/// <summary>Cuts a table into its rows, and rows that are too long between their cells. The first row has the header with it.</summary>
internal sealed class TableSplitter(string text, ChunkBudget budget, List<ChunkUnit> units, CancellationToken cancellationToken)
{
    /// <summary>Adds the units of a table.</summary>
    /// <param name="range">The table.</param>
    /// <param name="headerLength">How much of it is the header.</param>
    /// <param name="block">Its place among the blocks.</param>
    public void Split(TextRange range, int headerLength, int block)
    {
        TextRange headerRange = new TextRange(range.Start, range.Start + headerLength).Trim(text);
        TableHeader header = new(text, headerRange, budget);
        TextRange? above = headerRange.IsEmpty ? null : headerRange;
        for (int start = range.Start + headerLength; start < range.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int next = Math.Min(range.End, TextLines.NextLine(text, start));
            TextRange row = new TextRange(start, next).Trim(text);
            start = next;
            if (row.IsEmpty)
            {
                continue;
            }

            AddRow(header, above, row, block);
            above = null;
        }

        if (above is { } alone)
        {
            AddRow(header, null, alone, block, isHeader: true);
        }
    }

    private void AddRow(TableHeader header, TextRange? above, TextRange row, int block, bool isHeader = false)
    {
        TextRange range = above is { } names ? new TextRange(names.Start, row.End) : row;
        ChunkLead? lead = above is null && !isHeader ? header.Lead : null;
        bool isNamed = lead is not null || above is not null || isHeader || !header.HasName(0, int.MaxValue);
        if (isNamed && TryAdd(range, lead, block))
        {
            return;
        }

        if (above is { } unread)
        {
            AddFirstRow(header, unread, row, block);
        }
        else
        {
            new RowSplitter(text, budget, isHeader ? Nameless : header, namesWhole: false, units, cancellationToken).Split(row, block);
        }
    }

    /// <summary>Adds the first row where it does not fit with the header: in parts that have the whole names, and the header before it where one of these is too long for that.</summary>
    private void AddFirstRow(TableHeader header, TextRange names, TextRange row, int block)
    {
        int at = units.Count;
        if (header.IsWhole && TryAdd(row, header.Lead, block))
        {
            return;
        }

        RowSplitter splitter = new(text, budget, header, namesWhole: true, units, cancellationToken);
        splitter.Split(row, block);
        if (splitter.LacksNames)
        {
            List<ChunkUnit> parts = [];
            new RowSplitter(text, budget, Nameless, namesWhole: false, parts, cancellationToken).Split(names, block);
            units.InsertRange(at, parts);
        }
    }

    private TableHeader Nameless => new(text, default, budget);

    private bool TryAdd(TextRange range, ChunkLead? lead, int block)
    {
        if (!budget.IsWithin(lead, range.Of(text), out int tokens))
        {
            return false;
        }

        units.Add(new ChunkUnit(range, tokens, block) { Lead = lead });
        return true;
    }
}
