namespace LocalRetrieval.Rag;

/// <summary>Cuts a row that is longer than a chunk between its cells, and a cell that is longer as prose. Each part has the names of its columns and the row's first cell.</summary>
internal sealed class RowSplitter(string text, ChunkBudget budget, TableHeader header, List<ChunkUnit> units, CancellationToken cancellationToken)
{
    private readonly int _keyTokens = Math.Max(1, budget.RoomFor(null) / 8);

    /// <summary>Whether there was no room for the names of the columns before some part.</summary>
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
            int end = EndOfPart(cells, first);
            AddPart(cut, first, end);
            first = end;
        }
    }

    /// <summary>Behind the last column whose name and cell go with those from <paramref name="first"/> on.</summary>
    private int EndOfPart(List<TextRange> cells, int first)
    {
        int room = budget.RoomFor(null) - _keyTokens;
        int names = header.NameTokens(0);
        int tokens = 0;
        int end = first;
        do
        {
            names += header.NameTokens(end);
            tokens += CellTokens(cells[end++]);
        }
        while (end < cells.Count && names + header.NameTokens(end) + _keyTokens <= room / 2 && tokens + names + header.NameTokens(end) + CellTokens(cells[end]) <= room);

        return end;
    }

    private int CellTokens(TextRange cell) => cell.Length > budget.MaxTextLength ? budget.MaxTokens : budget.CountAlone(cell.Of(text)) + 1;

    private void AddPart(Row row, int first, int end)
    {
        TextRange range = RangeOf(row, first, end);
        if (range.IsEmpty)
        {
            return;
        }

        ChunkLead? lead = header.LeadOf(first > 0 ? row.Key : null, first, end, isWithin: range.Start != row.Range.Start);
        if (budget.Fits(lead, range.Of(text), out int tokens))
        {
            Add(new ChunkUnit(range, tokens, row.Block) { Lead = lead, IsPart = true, IsAlone = true });
        }
        else if (end - first > 1)
        {
            AddPart(row, first, (first + end) / 2);
            AddPart(row, (first + end) / 2, end);
        }
        else
        {
            AddCell(row, first);
        }
    }

    private void AddCell(Row row, int column)
    {
        ChunkLead? lead = header.LeadOf(column > 0 ? row.Key : null, column, column + 1, isWithin: true);
        int room = budget.RoomFor(lead);
        int tokens = 0;
        TextRange part = default;
        foreach (TextRange sentence in SentenceSplitter.Split(text, row.Cells[column], cancellationToken))
        {
            int more = sentence.Length > budget.MaxTextLength ? room : budget.CountAlone(sentence.Of(text));
            if (!part.IsEmpty && (tokens + more > room || sentence.End - part.Start > budget.LengthFor(lead)))
            {
                AddPieces(part, lead, row.Block);
                (part, tokens) = (default, 0);
            }

            part = new TextRange(part.IsEmpty ? sentence.Start : part.Start, sentence.End);
            tokens += more;
        }

        AddPieces(part, lead, row.Block);
    }

    private void AddPieces(TextRange range, ChunkLead? lead, int block)
    {
        foreach (TextRange piece in new WordSplitter(text, budget, cancellationToken).Split(range, lead))
        {
            Add(new ChunkUnit(piece, budget.CountAlone(piece.Of(text)), block) { Lead = lead, IsPart = true, IsAlone = true });
        }
    }

    private void Add(ChunkUnit part)
    {
        LacksNames |= part.Lead?.Text.Contains('\n') != true;
        units.Add(part);
    }

    /// <summary>The cells with the bars between them, and those before the first and behind the last of the row.</summary>
    private static TextRange RangeOf(Row row, int first, int end)
    {
        while (first < end && row.Cells[first].IsEmpty)
        {
            first++;
        }

        while (end > first && row.Cells[end - 1].IsEmpty)
        {
            end--;
        }

        return first == end ? default
            : new TextRange(first == 0 ? row.Range.Start : row.Cells[first].Start, end == row.Cells.Count ? row.Range.End : row.Cells[end - 1].End);
    }

    private sealed record Row(TextRange Range, List<TextRange> Cells, string? Key, int Block);
}
