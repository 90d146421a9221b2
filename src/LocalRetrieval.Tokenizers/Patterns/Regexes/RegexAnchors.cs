namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>The anchors, as what they ask of the characters around them.</summary>
internal static class RegexAnchors
{
    private static readonly RegexNode LineFeed = new RegexNode.Characters(CodePointSet.Of('\n'));

    /// <summary>\A.</summary>
    public static RegexNode TextStart { get; } = new RegexNode.TextEdge(IsEnd: false);

    /// <summary>\z.</summary>
    public static RegexNode TextEnd { get; } = new RegexNode.TextEdge(IsEnd: true);

    /// <summary>^, which is not behind a line feed that ends the text.</summary>
    public static RegexNode LineStart { get; } = new RegexNode.Choice(
        [TextStart, new RegexNode.Sequence([Behind(LineFeed), Ahead(new RegexNode.Characters(CodePointSet.All))])]);

    /// <summary>$.</summary>
    public static RegexNode LineEnd { get; } = Ahead(new RegexNode.Choice([TextEnd, LineFeed]));

    /// <summary>\Z, before a line feed that ends the text too.</summary>
    public static RegexNode LastLineEnd { get; } = Ahead(new RegexNode.Choice([TextEnd, new RegexNode.Sequence([LineFeed, TextEnd])]));

    /// <summary>\b, or \B.</summary>
    public static RegexNode WordEdge(bool isNegative)
    {
        RegexNode word = new RegexNode.Characters(RegexProperties.LoneWord);
        return new RegexNode.Choice(
        [
            new RegexNode.Sequence([Behind(word), Ahead(word, isNegative: !isNegative)]),
            new RegexNode.Sequence([Behind(word, isNegative: true), Ahead(word, isNegative)]),
        ]);
    }

    private static RegexNode.Look Ahead(RegexNode body, bool isNegative = false) => new(body, IsBehind: false, isNegative);

    private static RegexNode.Look Behind(RegexNode body, bool isNegative = false) => new(body, IsBehind: true, isNegative);
}
