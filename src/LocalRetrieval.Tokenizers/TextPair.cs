namespace LocalRetrieval.Tokenizers;

/// <summary>Two texts that are encoded together.</summary>
public readonly record struct TextPair
{
    /// <summary>A pair.</summary>
    /// <param name="text">The first text.</param>
    /// <param name="pair">The second text.</param>
    public TextPair(string text, string pair)
    {
        Text = text;
        Pair = pair;
    }

    /// <summary>The first text.</summary>
    public string Text { get; init; }

    /// <summary>The second text.</summary>
    public string Pair { get; init; }
}
