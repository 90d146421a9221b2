namespace LocalRetrieval.Tokenizers;

/// <summary>How an encoding that is too short is filled up.</summary>
/// <remarks>Immutable; use a with-expression to change a copy.</remarks>
public sealed record PaddingOptions
{
    /// <summary>Fills nothing up, whatever the tokenizer's file says.</summary>
    public static PaddingOptions None { get; } = new() { Length = 0 };

    /// <summary>The number of tokens that an encoding is filled up to, special tokens included; a longer one stays as it is.</summary>
    /// <value>0 or more; null, the default, for the longest encoding of the batch, overflow not counted.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? Length
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(Length));
            field = value;
        }
    }

    /// <summary>A number that the length is rounded up to a multiple of.</summary>
    /// <value>0 or more; 0 and 1 round nothing. The default is 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MultipleOf
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MultipleOf));
            field = value;
        }
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
}
