namespace LocalRetrieval.Tokenizers;

/// <summary>The part of a text that a token comes from, in what <see cref="EncodeOptions.OffsetUnit"/> asks for.</summary>
public readonly record struct TokenOffset
{
    /// <summary>A part of a text.</summary>
    /// <param name="start">The first unit.</param>
    /// <param name="end">The unit after the last one.</param>
    public TokenOffset(int start, int end)
    {
        Start = start;
        End = end;
    }

    /// <summary>The first unit.</summary>
    public int Start { get; init; }

    /// <summary>The unit after the last one.</summary>
    public int End { get; init; }
}
