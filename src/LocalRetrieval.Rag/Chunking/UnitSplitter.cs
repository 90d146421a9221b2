namespace LocalRetrieval.Rag;

/// <summary>Cuts the blocks of a section into units that each fit into a chunk.</summary>
internal sealed class UnitSplitter
{
    private readonly string _text;
    private readonly ChunkBudget _budget;
    private readonly CodeLeads _leads;
    private readonly int _minTokens;
    private readonly CancellationToken _cancellationToken;
    private readonly List<ChunkUnit> _units = [];
    private readonly WordSplitter _words;
    private readonly TableSplitter _tables;

    public UnitSplitter(string text, ChunkBudget budget, CodeLeads leads, int minTokens, CancellationToken cancellationToken)
    {
        _text = text;
        _budget = budget;
        _leads = leads;
        _minTokens = minTokens;
        _cancellationToken = cancellationToken;
        _words = new WordSplitter(text, budget, cancellationToken);
        _tables = new TableSplitter(text, budget, _units, cancellationToken);
    }

    public List<ChunkUnit> Split(IReadOnlyList<DocumentBlock> blocks)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            int first = _units.Count;
            Split(blocks[block], block);
            if (first < _units.Count)
            {
                bool isBehindHeading = block > 0 && blocks[block - 1].Kind == DocumentBlockKind.Heading;
                _units[first] = _units[first] with { Cut = isBehindHeading ? CutQuality.Poor : CutQuality.Block };
            }
        }

        return _units;
    }

    private void Split(DocumentBlock block, int index)
    {
        if (block.Offset < 0 || block.Length < 0 || block.Length > _text.Length - block.Offset || block.HeaderLength < 0 || block.HeaderLength > block.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(block), $"A block at {block.Offset} of {block.Length} units, {block.HeaderLength} of them header, is not within the text of {_text.Length}.");
        }

        TextRange range = new(block.Offset, block.Offset + block.Length);
        switch (block.Kind)
        {
            case DocumentBlockKind.Prose or DocumentBlockKind.Heading:
                SentenceSplitter.Split(_text, range, _cancellationToken).ForEach(sentence => Add(sentence, index, CutQuality.Plain));
                break;
            case DocumentBlockKind.Lines:
                SplitLines(range, index);
                break;
            case DocumentBlockKind.Code:
                CodeCuts.Split(_text, range, _cancellationToken).ForEach(line => Add(line.Range, index, line.Cut, _leads));
                break;
            case DocumentBlockKind.Table:
                _tables.Split(range, block.HeaderLength, index);
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(block), block.Kind, $"A block at {range.Start} is of a kind that is not one of {nameof(DocumentBlockKind)}.");
        }
    }

    private void SplitLines(TextRange range, int block)
    {
        int content = Fences.ContentStart(_text, range);
        int contentEnd = Fences.ContentEnd(_text, range);
        for (int start = range.Start; start < range.End;)
        {
            int next = Math.Min(range.End, TextLines.NextLine(_text, Math.Max(start, content)));
            next = next >= contentEnd ? range.End : next;
            TextRange line = new TextRange(start, next).Trim(_text);
            if (!line.IsEmpty)
            {
                Add(line, block, CutQuality.Plain);
            }

            start = next;
        }
    }

    private void Add(TextRange range, int block, int cut, CodeLeads? leads = null)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        ChunkLead? lead = leads?.At(range.Start);
        if (_budget.IsWithin(lead, range.Of(_text), out int tokens))
        {
            _units.Add(new ChunkUnit(range, tokens, block) { Cut = cut, Lead = lead });
            return;
        }

        // Behind its first character a line is in the declaration that it starts.
        ChunkLead? others = leads?.At(range.Start + 1);
        foreach (TextRange piece in _words.Split(range, others, ShortRun(range.Start) ?? lead))
        {
            _units.Add(new ChunkUnit(piece, _budget.CountAlone(piece.Of(_text)), block) { Cut = cut, Lead = lead, IsPart = true });
            (cut, lead) = (CutQuality.Plain, others);
        }
    }

    private static ChunkLead Behind(ChunkLead? lead, string text, int tokens) => new((lead?.Text ?? "") + text, (lead?.Tokens ?? 0) + tokens)
    {
        HeadingPath = lead?.HeadingPath,
        Length = (lead?.Length ?? 0) + text.Length,
    };

    /// <summary>What stands before a place and would be too short for a chunk by itself; null where it is long enough.</summary>
    private ChunkLead? ShortRun(int end)
    {
        int first = _units.Count;
        int tokens = 0;
        while (first > 0 && !_units[first - 1].IsPart && tokens < _minTokens)
        {
            tokens += _units[--first].Tokens;
        }

        return first < _units.Count && tokens < _minTokens && end - _units[first].Range.Start < _budget.MaxTextLength / 2
            ? Behind(_units[first].Lead, _text[_units[first].Range.Start..end], tokens)
            : null;
    }
}
