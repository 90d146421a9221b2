namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>A part of a regular expression.</summary>
internal abstract record RegexNode
{
    /// <summary>Nothing, which always matches.</summary>
    public static RegexNode Nothing { get; } = new Sequence([]);

    /// <summary>Whether it can match without taking a character.</summary>
    public abstract bool CanBeEmpty { get; }

    /// <summary>Whether a part of it keeps what it took first.</summary>
    public bool HasAtomic => this switch
    {
        Atomic => true,
        Sequence sequence => sequence.Items.Any(item => item.HasAtomic),
        Choice choice => choice.Items.Any(item => item.HasAtomic),
        Repeat repeat => repeat.Body.HasAtomic,
        Group group => group.Body.HasAtomic,
        Look look => look.Body.HasAtomic,
        _ => false,
    };

    /// <summary>One character of a set.</summary>
    internal sealed record Characters(CodePointSet Set) : RegexNode
    {
        public override bool CanBeEmpty => false;
    }

    /// <summary>A character that stands for itself, in any case if so; <see cref="LiteralFolding"/> replaces it.</summary>
    internal sealed record Literal(int CodePoint, bool IgnoresCase) : RegexNode
    {
        public override bool CanBeEmpty => false;
    }

    /// <summary>One after the other.</summary>
    internal sealed record Sequence(IReadOnlyList<RegexNode> Items) : RegexNode
    {
        public override bool CanBeEmpty => Items.All(item => item.CanBeEmpty);
    }

    /// <summary>The first of these with which the whole matches.</summary>
    internal sealed record Choice(IReadOnlyList<RegexNode> Items) : RegexNode
    {
        public override bool CanBeEmpty => Items.Any(item => item.CanBeEmpty);
    }

    /// <summary>A part again and again.</summary>
    /// <param name="Body">The part.</param>
    /// <param name="Least">How often at least.</param>
    /// <param name="Most">How often at most, null for any number.</param>
    /// <param name="IsLazy">Whether few are tried before many.</param>
    internal sealed record Repeat(RegexNode Body, int Least, int? Most, bool IsLazy) : RegexNode
    {
        public override bool CanBeEmpty => Least == 0 || Body.CanBeEmpty;
    }

    /// <summary>A part whose literals are not read together with those beside it.</summary>
    internal sealed record Group(RegexNode Body) : RegexNode
    {
        public override bool CanBeEmpty => Body.CanBeEmpty;
    }

    /// <summary>A part that keeps what it took first.</summary>
    internal sealed record Atomic(RegexNode Body) : RegexNode
    {
        public override bool CanBeEmpty => Body.CanBeEmpty;
    }

    /// <summary>Asks what stands before or after this place.</summary>
    internal sealed record Look(RegexNode Body, bool IsBehind, bool IsNegative) : RegexNode
    {
        public override bool CanBeEmpty => true;
    }

    /// <summary>Asks whether the text begins or ends here.</summary>
    internal sealed record TextEdge(bool IsEnd) : RegexNode
    {
        public override bool CanBeEmpty => true;
    }
}
