using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Cuts blocks into units that fit into a chunk.</summary>
internal sealed class UnitSplitter(string text, ChunkBudget budget)
{
    private readonly List<ChunkUnit> _units = [];

    public List<ChunkUnit> Split(IReadOnlyList<DocumentBlock> blocks)
    {
        foreach (DocumentBlock block in blocks)
        {
            TextRange range = new(block.Offset, block.Offset + block.Length);
            if (!TryAdd(range))
            {
                SplitBlock(range, block.Kind);
            }
        }

        return _units;
    }

    private void SplitBlock(TextRange range, DocumentBlockKind kind)
    {
        List<TextRange> parts = kind switch
        {
            DocumentBlockKind.Prose or DocumentBlockKind.Heading => SentenceSplitter.Split(text, range),
            DocumentBlockKind.Lines or DocumentBlockKind.Code or DocumentBlockKind.Table => SplitLines(range),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"A block at {range.Start} is of a kind that is not one of {nameof(DocumentBlockKind)}."),
        };
        foreach (TextRange part in parts)
        {
            if (!TryAdd(part))
            {
                SplitWords(part);
            }
        }
    }

    private bool TryAdd(TextRange range)
    {
        if (!budget.Fits(range.Of(text), out int tokens))
        {
            return false;
        }

        _units.Add(new ChunkUnit(range, Math.Max(0, tokens - budget.HeadingTokens)));
        return true;
    }

    private List<TextRange> SplitLines(TextRange range)
    {
        List<TextRange> lines = [];
        for (int start = range.Start; start < range.End;)
        {
            int next = Math.Min(range.End, TextLines.NextLine(text, start));
            TextRange line = new TextRange(start, next).Trim(text);
            if (!line.IsEmpty)
            {
                lines.Add(line);
            }

            start = next;
        }

        return lines;
    }

    private void SplitWords(TextRange range)
    {
        while (!range.IsEmpty)
        {
            TextRange piece = LongestStart(range);
            _units.Add(new ChunkUnit(piece, Math.Max(0, budget.Count(piece.Of(text)) - budget.HeadingTokens)));
            range = new TextRange(piece.End, range.End).Trim(text);
        }
    }

    private TextRange LongestStart(TextRange range)
    {
        int maxTokens = budget.MaxTokens - budget.HeadingTokens;
        int shortest = ShortestStart(range);
        while (true)
        {
            int length = Math.Max(shortest, CutLength(range, maxTokens));
            TextRange piece = new TextRange(range.Start, range.Start + length).Trim(text);
            int excess = budget.Count(piece.Of(text)) - budget.MaxTokens;
            if (excess <= 0 || length == shortest)
            {
                return piece;
            }

            maxTokens = Math.Max(0, maxTokens - excess);
        }
    }

    /// <summary>The first character as its reader sees it, or only its first code point where all of it does not fit.</summary>
    private int ShortestStart(TextRange range)
    {
        ReadOnlySpan<char> span = range.Of(text);
        int element = StringInfo.GetNextTextElementLength(span);
        return element <= 2 || budget.Fits(span[..element], out _) ? element : CharacterLimit.Cut(span, 1) == 1 ? 1 : 2;
    }

    /// <summary>Where to cut to hold at most <paramref name="maxTokens"/> tokens: behind a word, or inside one that is too long.</summary>
    private int CutLength(TextRange range, int maxTokens)
    {
        ReadOnlySpan<char> span = range.Of(text);
        span = span[..CharacterLimit.Cut(span, budget.MaxTextLength)];
        int cut = budget.IndexOfTokenLimit(span, maxTokens);
        int index = range.Start + cut;
        if (cut == range.Length || cut == 0 || char.IsWhiteSpace(text[index]))
        {
            return cut;
        }

        while (cut > 0 && !char.IsWhiteSpace(span[cut - 1]))
        {
            cut--;
        }

        return cut > 0 ? cut : CharacterLimit.Cut(range.Of(text), index - range.Start);
    }
}
