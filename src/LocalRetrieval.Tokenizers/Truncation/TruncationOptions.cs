namespace LocalRetrieval.Tokenizers;

/// <summary>How an encoding that is too long is cut.</summary>
/// <remarks>Immutable; use a with-expression to change a copy.</remarks>
public sealed record TruncationOptions
{
    /// <summary>Cuts nothing, whatever the tokenizer's file says.</summary>
    public static TruncationOptions None { get; } = new() { MaxLength = int.MaxValue };

    /// <summary>The number of tokens that an encoding may have, special tokens included.</summary>
    /// <value>0 or more. The default is 512.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxLength
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxLength));
            field = value;
        }
    } = 512;

    /// <summary>How many tokens an overflow window shares with the one before it.</summary>
    /// <value>0 or more, and less than what the special tokens leave of <see cref="MaxLength"/>. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Stride
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Stride));
            field = value;
        }
    }

    /// <summary>Which text of a pair is cut.</summary>
    /// <value>The default is <see cref="TruncationStrategy.LongestFirst"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public TruncationStrategy Strategy
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Strategy), value, "Not a strategy.");
    }

    /// <summary>The end at which a text is cut.</summary>
    /// <value>The default is <see cref="TruncationDirection.Right"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public TruncationDirection Direction
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Direction), value, "Not a direction.");
    }

    /// <summary>How many tokens each text keeps, as Hugging Face tokenizers decides it.</summary>
    /// <param name="first">The number of tokens of the first text, without special tokens.</param>
    /// <param name="second">The number of tokens of the second text; 0 where there is none.</param>
    /// <param name="budget">How many tokens both may have together, without special tokens.</param>
    /// <param name="strategy">Which text is cut.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the strategy is not defined.</exception>
    /// <exception cref="ArgumentException">The text that the strategy cuts is too short to make room.</exception>
    public static PairLengths TruncationLengths(
        int first, int second, int budget, TruncationStrategy strategy = TruncationStrategy.LongestFirst)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        ArgumentOutOfRangeException.ThrowIfNegative(budget);
        long excess = (long)first + second - budget;
        if (budget == 0)
        {
            return default;
        }

        if (excess <= 0)
        {
            return new PairLengths(first, second);
        }

        return strategy switch
        {
            TruncationStrategy.OnlyFirst => new PairLengths(Remaining(first, excess, budget, strategy), second),
            TruncationStrategy.OnlySecond => new PairLengths(first, Remaining(second, excess, budget, strategy)),
            TruncationStrategy.LongestFirst => LongestFirst(first, second, budget),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Not a strategy."),
        };
    }

    private static int Remaining(int length, long excess, int budget, TruncationStrategy strategy) =>
        length > excess
            ? (int)(length - excess)
            : throw new ArgumentException(
                $"Both texts together are {excess} tokens over the {budget} that MaxLength leaves for them, and the text that "
                + $"{strategy} cuts has {length}. Raise MaxLength or use {nameof(TruncationStrategy.LongestFirst)}.");

    private static PairLengths LongestFirst(int first, int second, int budget)
    {
        int shorter = Math.Min(first, second);
        int longer = shorter > budget ? shorter : Math.Max(shorter, budget - shorter);
        if ((long)shorter + longer > budget)
        {
            shorter = budget / 2;
            longer = shorter + (budget % 2);
        }

        return first > second ? new PairLengths(longer, shorter) : new PairLengths(shorter, longer);
    }
}
