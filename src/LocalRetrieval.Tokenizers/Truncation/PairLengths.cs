namespace LocalRetrieval.Tokenizers;

/// <summary>The lengths of two texts in tokens.</summary>
public readonly record struct PairLengths
{
    /// <summary>The lengths of two texts.</summary>
    /// <param name="first">The first text's.</param>
    /// <param name="second">The second text's.</param>
    public PairLengths(int first, int second)
    {
        First = first;
        Second = second;
    }

    /// <summary>The number of tokens of the first text.</summary>
    public int First { get; init; }

    /// <summary>The number of tokens of the second text; 0 where there is none.</summary>
    public int Second { get; init; }

    /// <summary>Takes the two apart.</summary>
    /// <param name="first">The first text's.</param>
    /// <param name="second">The second text's.</param>
    public void Deconstruct(out int first, out int second) => (first, second) = (First, Second);
}
