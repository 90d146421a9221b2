namespace LocalRetrieval.Encoders;

/// <summary>A text or a pair as a model reads it.</summary>
/// <param name="Ids">The token ids, special tokens included.</param>
/// <param name="TypeIds">The segment of each token; as long as <paramref name="Ids"/>.</param>
/// <param name="DroppedTokens">How many tokens were cut off.</param>
internal readonly record struct TokenizedText(int[] Ids, int[] TypeIds, int DroppedTokens)
{
    /// <summary>How many of the ids the others attend to, from the first on: all of them, except where a query is expanded.</summary>
    public int AttendedTokens { get; init; } = Ids.Length;

    /// <summary>How much a window of a text counts beside its others: the tokens that it has of the text itself.</summary>
    public int Weight { get; init; }

    /// <summary>Whether it is one of several windows of a text.</summary>
    public bool IsWindow => Weight > 0;
}
