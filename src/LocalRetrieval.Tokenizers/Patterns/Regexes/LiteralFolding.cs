namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>
/// Replaces literals by the characters that they match. Where case does not matter, "ss" also matches "ß", and "ß" matches "ss": as in
/// the reference, literals in a row are read from the left, the longest such sequence first, except in a lookbehind.
/// </summary>
internal static class LiteralFolding
{
    public static RegexNode Apply(RegexNode node, bool isBehind = false) => node switch
    {
        RegexNode.Literal or RegexNode.Sequence => FoldRow(Flatten(node), isBehind),
        RegexNode.Choice choice => new RegexNode.Choice([.. choice.Items.Select(item => Apply(item, isBehind))]),
        RegexNode.Repeat repeat => repeat with { Body = Apply(repeat.Body, isBehind) },
        RegexNode.Group group => Apply(group.Body, isBehind),
        RegexNode.Atomic atomic => new RegexNode.Atomic(Apply(atomic.Body, isBehind)),
        RegexNode.Look look => look with { Body = Apply(look.Body, isBehind || look.IsBehind) },
        _ => node,
    };

    private static List<RegexNode> Flatten(RegexNode node) =>
        node is RegexNode.Sequence sequence ? [.. sequence.Items.SelectMany(Flatten)] : [node];

    private static RegexNode FoldRow(List<RegexNode> row, bool isBehind)
    {
        List<RegexNode> folded = [];
        for (int i = 0; i < row.Count;)
        {
            if (row[i] is not RegexNode.Literal literal)
            {
                folded.Add(Apply(row[i++], isBehind));
                continue;
            }

            int length = literal.IgnoresCase && !isBehind ? SequenceLength(row, i) : 0;
            folded.Add(length > 0 ? FoldSequence(row, i, length) : Fold(literal, isBehind));
            i += Math.Max(length, 1);
        }

        return folded.Count == 1 ? folded[0] : new RegexNode.Sequence(folded);
    }

    private static RegexNode Fold(RegexNode.Literal literal, bool isBehind)
    {
        if (!literal.IgnoresCase)
        {
            return new RegexNode.Characters(CodePointSet.Of(literal.CodePoint));
        }

        RegexNode characters = new RegexNode.Characters(CaseFolding.Variants(literal.CodePoint));
        return isBehind ? characters : WithSequences(characters, CodePointSet.Of(literal.CodePoint));
    }

    /// <summary>A choice between what is given and the sequences that a character of the set is the same as.</summary>
    public static RegexNode WithSequences(RegexNode characters, CodePointSet set)
    {
        RegexNode[] sequences =
        [
            .. CaseFolding.Sequences.Where(entry => set.Contains(entry.Character)).Select(entry => Variants(entry.Sequence)),
        ];
        return sequences.Length == 0 ? characters : new RegexNode.Choice([characters, .. sequences]);
    }

    private static RegexNode.Sequence Variants(IEnumerable<int> sequence) =>
        new([.. sequence.Select(part => new RegexNode.Characters(CaseFolding.Variants(part)))]);

    /// <summary>How many literals from an index on are the same as one character, 0 where none are.</summary>
    private static int SequenceLength(List<RegexNode> row, int index) =>
        CaseFolding.Sequences
            .Where(entry => StartsWith(row, index, entry.Sequence)).Select(entry => entry.Sequence.Length).DefaultIfEmpty().Max();

    private static RegexNode.Choice FoldSequence(List<RegexNode> row, int index, int length)
    {
        IEnumerable<int> single = CaseFolding.Sequences
            .Where(entry => entry.Sequence.Length == length && StartsWith(row, index, entry.Sequence)).Select(entry => entry.Character);
        return new RegexNode.Choice(
        [
            Variants(row.Skip(index).Take(length).Select(item => ((RegexNode.Literal)item).CodePoint)),
            new RegexNode.Characters(CodePointSet.Of(single)),
        ]);
    }

    private static bool StartsWith(List<RegexNode> row, int index, int[] sequence)
    {
        for (int i = 0; i < sequence.Length; i++)
        {
            if (index + i >= row.Count || row[index + i] is not RegexNode.Literal { IgnoresCase: true } literal
                || !CaseFolding.AreEqual(literal.CodePoint, sequence[i]))
            {
                return false;
            }
        }

        return true;
    }
}
