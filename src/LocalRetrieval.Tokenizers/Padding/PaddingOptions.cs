namespace LocalRetrieval.Tokenizers;

/// <summary>How an encoding that is too short is filled up.</summary>
/// <remarks>Immutable; use a with-expression to change a copy.</remarks>
public sealed record PaddingOptions
{
    /// <summary>The most that <see cref="Length"/> and <see cref="MultipleOf"/> may be: what the longest contexts of models hold, 2^20 tokens.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>Fills nothing up, whatever the tokenizer's file says.</summary>
    public static PaddingOptions None { get; } = new() { Length = 0 };

    /// <summary>The number of tokens that an encoding is filled up to, special tokens included; a longer one stays as it is.</summary>
    /// <value>0 to <see cref="MaxLength"/>; null, the default, for the longest encoding of the batch, overflow not counted.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or above <see cref="MaxLength"/>.</exception>
    public int? Length
    {
        get;
        init => field = value is { } length ? Check(length, nameof(Length)) : null;
    }

    /// <summary>A number that the length is rounded up to a multiple of.</summary>
    /// <value>0 to <see cref="MaxLength"/>; 0 and 1 round nothing. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or above <see cref="MaxLength"/>.</exception>
    public int MultipleOf
    {
        get;
        init => field = Check(value, nameof(MultipleOf));
    }

    /// <summary>The end that is filled up.</summary>
    /// <value>The default is <see cref="PaddingDirection.Right"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public PaddingDirection Direction
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Direction), value, "Not a direction.");
    }

    /// <summary>The id that fills up.</summary>
    /// <value>The default is 0.</value>
    public int Id { get; init; }

    /// <summary>The type id that fills up.</summary>
    /// <value>The default is 0.</value>
    public int TypeId { get; init; }

    /// <summary>The token that fills up, as <see cref="TokenEncoding.Tokens"/> shows it.</summary>
    /// <value>The default is "[PAD]".</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string Token
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Token));
            field = value;
        }
    } = "[PAD]";

    /// <summary>The length that encodings are filled up to of which the longest has <paramref name="longest"/> tokens.</summary>
    internal int TargetLength(int longest)
    {
        int length = Length ?? longest;
        int excess = MultipleOf > 0 ? length % MultipleOf : 0;
        return excess == 0 ? length : checked(length + MultipleOf - excess);
    }

    private static int Check(int tokens, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tokens, MaxLength, parameter);
        return tokens;
    }
}
