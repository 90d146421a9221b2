namespace LocalRetrieval.Rag;

/// <summary>Packs the units of one section into chunks.</summary>
internal sealed class UnitPacker(string text, ChunkBudget budget, List<ChunkUnit> units, int overlapTokens, int minTokens)
{
    public List<TextRange> Pack()
    {
        List<(int Start, int End)> packs = [];
        for (int first = 0; first < units.Count;)
        {
            (int Start, int End) pack = PackFrom(first);
            packs.Add(pack);
            first = pack.End;
        }

        FillLast(packs);
        return packs.ConvertAll(pack => RangeOf(pack.Start, pack.End));
    }

    /// <summary>The units of the next chunk, which holds <paramref name="first"/> and may repeat some before it.</summary>
    private (int Start, int End) PackFrom(int first)
    {
        int room = budget.MaxTokens - budget.HeadingTokens;
        int start = OverlapStart(first, room);
        int end = start;
        int tokens = 0;
        while (end < units.Count && (end <= first || (tokens + units[end].Tokens <= room && HasRoom(start, end + 1))))
        {
            tokens += units[end++].Tokens;
        }

        // The sum leaves out the white space between units, which is tokens to some models.
        while (end > first + 1 && !Fits(start, end))
        {
            end--;
        }

        return (start, end);
    }

    private int OverlapStart(int first, int room)
    {
        int start = first;
        int repeated = 0;
        while (start > 0
            && repeated + units[start - 1].Tokens <= overlapTokens
            && repeated + units[start - 1].Tokens + units[first].Tokens <= room
            && Fits(start - 1, first + 1))
        {
            repeated += units[--start].Tokens;
        }

        return start;
    }

    /// <summary>Moves units from the last chunk but one to the last, while that one is short and the other is not.</summary>
    private void FillLast(List<(int Start, int End)> packs)
    {
        if (packs.Count < 2)
        {
            return;
        }

        (int start, int end) = packs[^1];
        (int previousStart, int previousEnd) = packs[^2];
        int last = TokensOf(start, end);
        int previous = TokensOf(previousStart, previousEnd);
        while (start == previousEnd
            && last < minTokens
            && previous - units[start - 1].Tokens >= minTokens
            && Fits(start - 1, end))
        {
            int moved = units[--start].Tokens;
            previousEnd--;
            last += moved;
            previous -= moved;
        }

        packs[^1] = (start, end);
        packs[^2] = (previousStart, previousEnd);
    }

    private int TokensOf(int start, int end)
    {
        int tokens = 0;
        for (int unit = start; unit < end; unit++)
        {
            tokens += units[unit].Tokens;
        }

        return tokens;
    }

    private bool HasRoom(int start, int end) => RangeOf(start, end).Length <= budget.MaxTextLength;

    private bool Fits(int start, int end) => budget.Fits(RangeOf(start, end).Of(text), out _);

    private TextRange RangeOf(int start, int end) => new(units[start].Range.Start, units[end - 1].Range.End);
}
