namespace LocalRetrieval.Rag;

/// <summary>
/// Cuts a row that is longer than a chunk between its cells, and a cell that is longer as prose. Each part has the names of its columns and the
/// row's first cell, with as many cells as there is room for.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="budget">What a chunk may hold.</param>
/// <param name="header">The names of the columns.</param>
/// <param name="namesWhole">Whether no name is shortened that has room beside its cell: the first row stands for the header.</param>
/// <param name="units">Where the parts are added.</param>
/// <param name="cancellationToken">Ends the cutting early.</param>
internal sealed class RowSplitter(string text, ChunkBudget budget, TableHeader header, bool namesWhole, List<ChunkUnit> units, CancellationToken cancellationToken)
{
    private readonly int _keyTokens = Math.Max(1, budget.RoomFor(null) / 8);

    /// <summary>The least room for a start of a cell, so that it is no part of a word.</summary>
    private readonly int _leastTokens = Math.Max(budget.RoomFor(null) / 8, Math.Min(8, budget.RoomFor(null) / 2));

    /// <summary>Whether some name is too long to stand as a whole before a part.</summary>
    public bool LacksNames { get; private set; }

    /// <summary>Adds the parts of a row.</summary>
    public void Split(TextRange row, int block)
    {
        List<TextRange> cells = TableCells.Split(text, row);
        string? key = cells.Count > 1 && !cells[0].IsEmpty ? header.Start(cells[0].Of(text).ToString(), _keyTokens) : null;
        Row cut = new(row, cells, key is { Length: > 0 } ? key : null, block);
        for (int first = 0; first < cells.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            first = AddPart(cut, first);
        }
    }

    /// <summary>Adds the part of a row that starts with a column, and gives the column behind it.</summary>
    private int AddPart(Row row, int first)
    {
        for (int end = LikelyEnd(row, first); end > first; end = first + ((end - first) / 2))
        {
            if (PartOf(row, first, end) is { } part)
            {
                while (end < row.Cells.Count && PartOf(row, first, end + 1) is { } longer)
                {
                    (part, end) = (longer, end + 1);
                }

                return AddPart(row, part, first, end);
            }
        }

        AddCell(row, first);
        return first + 1;
    }

    private int AddPart(Row row, ChunkUnit part, int first, int end)
    {
        // The first cell by itself tells nothing, and stands before every other part anyway.
        if (first == 0 && end == 1 && row.Key is not null && LeadWithKey(row) is { } lead)
        {
            AddCell(row, 1, row.Range.Start, lead, ShortLead(row, 1));
            return 2;
        }

        if (!part.Range.IsEmpty)
        {
            units.Add(part);
        }

        return end;
    }

    /// <summary>Behind the last column whose name and cell go with those from <paramref name="first"/> on, going by their sums.</summary>
    private int LikelyEnd(Row row, int first)
    {
        int room = budget.RoomFor(null);
        int most = namesWhole ? room : room / 2;
        bool hasKey = first > 0 && row.Key is not null;
        long names = hasKey ? header.NameTokens(0, isWhole: false) : 0;
        long cells = hasKey ? _keyTokens : 0;
        int end = first;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            names += header.NameTokens(end, namesWhole);
            cells += CellTokens(row.Cells[end++]);
        }
        while (end < row.Cells.Count && names + header.NameTokens(end, namesWhole) <= most && names + header.NameTokens(end, namesWhole) + cells + CellTokens(row.Cells[end]) <= room);

        return end;
    }

    private int CellTokens(TextRange cell) => cell.Length > budget.MaxTextLength ? budget.MaxTokens : budget.CountAlone(cell.Of(text)) + 1;

    /// <summary>The part of some columns; null where a chunk cannot hold it with their names. It is empty where there is nothing to show.</summary>
    private ChunkUnit? PartOf(Row row, int first, int end)
    {
        TextRange range = RangeOf(row, first, end);
        if (range.IsEmpty || range.Length > budget.MaxTextLength)
        {
            return range.IsEmpty ? new ChunkUnit(range, 0, row.Block) : null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        bool isWithin = range.Start != row.Range.Start;
        int most = budget.RoomFor(null) - budget.CountAlone(range.Of(text));
        ChunkLead? lead = header.LeadOf(first > 0 ? row.Key : null, first, end, isWithin, namesWhole ? most : null);
        return (lead is not null || !header.HasName(first, end)) && budget.Fits(lead, range.Of(text), out int tokens)
            ? new ChunkUnit(range, tokens, row.Block) { Lead = lead, IsPart = true, IsAlone = true }
            : null;
    }

    private ChunkLead? ShortLead(Row row, int column) => header.LeadOf(column > 0 ? row.Key : null, column, column + 1, isWithin: true, mostTokens: null);

    /// <summary>The names of the first two columns, where the first cell and a start of the second have room behind them.</summary>
    private ChunkLead? LeadWithKey(Row row)
    {
        TextRange key = new(row.Range.Start, row.Cells[1].Start);
        int room = budget.RoomFor(null) - budget.CountAlone(key.Of(text)) - _leastTokens;
        return key.Length < budget.MaxTextLength / 4 && !row.Cells[1].IsEmpty
            ? header.LeadOf(null, 0, 2, isWithin: false, namesWhole ? room : Math.Min(room, budget.RoomFor(null) / 2))
            : null;
    }

    /// <summary>Adds a cell that is too long for a chunk with its name.</summary>
    private void AddCell(Row row, int column)
    {
        ChunkLead? lead = ShortLead(row, column);
        ChunkLead? whole = namesWhole ? header.LeadOf(column > 0 ? row.Key : null, column, column + 1, isWithin: true, budget.RoomFor(null) - _keyTokens - _leastTokens) : lead;
        LacksNames |= namesWhole && whole is null && header.HasName(column, column + 1);
        AddCell(row, column, row.Cells[column].Start, whole ?? lead, lead);
    }

    /// <summary>Adds a cell as prose, from <paramref name="start"/> on.</summary>
    private void AddCell(Row row, int column, int start, ChunkLead? first, ChunkLead? others)
    {
        ChunkLead? lead = first;
        int tokens = 0;
        TextRange part = default;
        foreach (TextRange sentence in SentenceSplitter.Split(text, row.Cells[column], cancellationToken))
        {
            TextRange range = part.IsEmpty ? new TextRange(Math.Min(start, sentence.Start), sentence.End) : sentence;
            int more = range.Length > budget.MaxTextLength ? budget.MaxTokens : budget.CountAlone(range.Of(text));
            if (!part.IsEmpty && (tokens + more > budget.RoomFor(lead) || range.End - part.Start > budget.LengthFor(lead)))
            {
                AddPieces(part, lead, others, row.Block);
                (part, tokens, lead) = (default, 0, others);
            }

            part = new TextRange(part.IsEmpty ? range.Start : part.Start, range.End);
            tokens += more;
            start = int.MaxValue;
        }

        AddPieces(part, lead, others, row.Block);
    }

    private void AddPieces(TextRange range, ChunkLead? first, ChunkLead? others, int block)
    {
        ChunkLead? lead = first;
        foreach (TextRange piece in new WordSplitter(text, budget, cancellationToken).Split(range, others, first))
        {
            units.Add(new ChunkUnit(piece, budget.CountAlone(piece.Of(text)), block) { Lead = lead, IsPart = true, IsAlone = true });
            lead = others;
        }
    }

    /// <summary>The cells with the bars between them, and those before the first and behind the last of the row.</summary>
    private TextRange RangeOf(Row row, int first, int end)
    {
        int start = first;
        while (start < end && row.Cells[start].IsEmpty)
        {
            start++;
        }

        int last = end;
        while (last > start && row.Cells[last - 1].IsEmpty)
        {
            last--;
        }

        // Names without cells stand before the bar of an empty one.
        return start < last ? new TextRange(start == 0 ? row.Range.Start : row.Cells[start].Start, last == row.Cells.Count ? row.Range.End : row.Cells[last - 1].End)
            : namesWhole && header.HasName(first, end) ? new TextRange(row.Cells[first].Start, Math.Min(row.Range.End, row.Cells[first].Start + 1)).Trim(text)
            : default;
    }

    private sealed record Row(TextRange Range, List<TextRange> Cells, string? Key, int Block);
}
