namespace LocalRetrieval.Rag;

/// <summary>Packs the units of one section into chunks.</summary>
internal sealed class UnitPacker(SectionUnits units, int overlapTokens, int minTokens, int tableTokens, int maxTokens, CancellationToken cancellationToken)
{
    private readonly List<ChunkPack> _packs = [];

    public List<ChunkPack> Pack()
    {
        for (int first = 0; first < units.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _packs.Add(PackFrom(first));
            first = _packs[^1].End;
            if (_packs.Count > 1)
            {
                JoinOrFillLast();
            }
        }

        return _packs;
    }

    /// <summary>The units of the next chunk, which holds <paramref name="first"/> and may repeat some before it.</summary>
    private ChunkPack PackFrom(int first)
    {
        int start = OverlapStart(first, _packs.Count == 0 ? first : _packs[^1].Start + 1);
        int end = Fill(start, first);
        while (true)
        {
            end = BetterCut(first, end);
            if (units.Fits(start, end, out int tokens) || (end == first + 1 && start == first))
            {
                return new ChunkPack(start, first, end, tokens);
            }

            // The sum leaves out the white space between units, which is tokens to some models.
            (start, end) = end == first + 1 ? (first, end) : (start, StepBack(first, end, tokens));
        }
    }

    /// <summary>The first of the last whole sentences, lines or rows before <paramref name="first"/> that a chunk repeats.</summary>
    private int OverlapStart(int first, int least)
    {
        int start = first;
        while (start > least
            && !units[first].IsAlone
            && !units[start - 1].IsPart
            && units.Tokens(start - 1, first) <= overlapTokens
            && units.HasRoom(start - 1, first + 1))
        {
            start--;
        }

        while (start < first && units[start].Cut == CutQuality.Poor)
        {
            start++;
        }

        return start;
    }

    /// <summary>Behind the last unit that there is room for; what would be cut in two stays whole, unless the chunk were too short without it.</summary>
    private int Fill(int start, int first)
    {
        int end = units[first].IsAlone ? first + 1 : first;
        while (end < units.Count && !units[end].IsAlone && !(end > first && EndsHere(end)))
        {
            int whole = units.EndOfWhole(end);
            if (whole > end + 1 ? units.HasRoom(start, whole) : HasRoom(start, first, whole))
            {
                end = whole;
            }
            else if (whole == end + 1 || (end > first && IsLongEnough(first, end)))
            {
                break;
            }
            else
            {
                return FillWithPart(start, first, end);
            }
        }

        return Math.Max(end, first + 1);
    }

    /// <summary>Whether what stands before a unit is no company for it: a part of a row, or the last rows of a long table.</summary>
    private bool EndsHere(int end) => units[end - 1].IsAlone || (units.StartsBlock(end) && units.IsOfLongTable(end - 1));

    /// <summary>Adds the start of a block that there is no room for as a whole.</summary>
    private int FillWithPart(int start, int first, int end)
    {
        bool fills = end == first || units.BlockOf(end).Kind == DocumentBlockKind.Code;
        while (HasRoom(start, first, end + 1) && (fills || end == first || !IsLongEnough(first, end)))
        {
            end++;
        }

        return Math.Max(end, first + 1);
    }

    private bool IsLongEnough(int first, int end) =>
        units.Tokens(first, end) >= minTokens && (units[end].Cut != CutQuality.Poor || BetterCut(first, end) != end);

    /// <summary>Rows of a long table have less room, for among many of them none would stand out; a chunk that is too short without them takes some.</summary>
    private bool HasRoom(int start, int first, int end)
    {
        if (!units.HasRoom(start, end))
        {
            return false;
        }

        return end == first + 1
            || !units.IsOfLongTable(end - 1)
            || (units[first].Block == units[end - 1].Block
                ? units.Tokens(start, end) + (units[start].Lead?.Tokens ?? 0) <= tableTokens
                : units.Tokens(first, end - 1) < minTokens);
    }

    /// <summary>A better place to cut at than one that parts what belongs together, in the chunk's second half.</summary>
    private int BetterCut(int first, int end)
    {
        if (end == units.Count
            || (units[end].Cut != CutQuality.Poor && (units.StartsBlock(end) || units.BlockOf(end).Kind != DocumentBlockKind.Code)))
        {
            return end;
        }

        int best = end;
        long least = Math.Max(minTokens, units.Tokens(first, end) / 2);
        for (int cut = end - 1; cut > first && units.Tokens(first, cut) >= least; cut--)
        {
            best = units[cut].Cut > units[best].Cut ? cut : best;
        }

        return best;
    }

    /// <summary>Where the last block starts, where that leaves enough, or before the units that are too many.</summary>
    private int StepBack(int first, int end, int tokens)
    {
        int block = end - 1;
        while (block > first && !units.StartsBlock(block))
        {
            block--;
        }

        if (block > first && IsLongEnough(first, block))
        {
            return block;
        }

        long most = units.Tokens(first, end) - (tokens - maxTokens);
        do
        {
            end--;
        }
        while (end > first + 1 && units.Tokens(first, end) > most);

        return end;
    }

    /// <summary>Joins a last chunk that is too short to the one before, or gives it of that one's end.</summary>
    private void JoinOrFillLast()
    {
        ChunkPack last = _packs[^1];
        ChunkPack before = _packs[^2];
        if (units.Tokens(last.First, last.End) >= minTokens || units[last.First].IsAlone || units[before.First].IsAlone || units.IsOfLongTable(last.First))
        {
            return;
        }

        if (units.HasRoom(before.Start, last.End) && units.Fits(before.Start, last.End, out int tokens))
        {
            _packs.RemoveAt(_packs.Count - 1);
            _packs[^1] = before with { End = last.End, Tokens = tokens };
        }
        else if (BestMove(before, last) is { } first && TryMove(before, last, first) is var (shorter, longer))
        {
            _packs[^2] = shorter;
            _packs[^1] = longer;
        }
    }

    /// <summary>Where the last chunk is to start, so that both are long enough; null where there is no such place.</summary>
    private int? BestMove(ChunkPack before, ChunkPack last)
    {
        int? best = null;
        for (int first = last.First - 1; first > before.First && units.Tokens(before.First, first) >= minTokens && units.HasRoom(first, last.End); first--)
        {
            if (units.Tokens(first, last.End) >= minTokens && (best is not { } found || units[first].Cut > units[found].Cut))
            {
                best = first;
            }
        }

        return best;
    }

    private (ChunkPack Before, ChunkPack Last)? TryMove(ChunkPack before, ChunkPack last, int first)
    {
        int start = OverlapStart(first, before.Start + 1);
        start = units.HasRoom(start, last.End) ? start : first;
        return units.Fits(before.Start, first, out int shorter) && (units.Fits(start, last.End, out int longer) || units.Fits(start = first, last.End, out longer))
            ? (before with { End = first, Tokens = shorter }, new ChunkPack(start, first, last.End, longer))
            : null;
    }
}
