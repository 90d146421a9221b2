namespace LocalRetrieval.Encoders;

/// <summary>Holds the values of options to their range.</summary>
internal static class OptionValue
{
    /// <exception cref="ArgumentOutOfRangeException">The value is below <paramref name="least"/>.</exception>
    public static int? AtLeast(int? value, int least, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, least, name);
        }

        return value;
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is below <paramref name="least"/>.</exception>
    public static long? AtLeast(long? value, long least, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, least, name);
        }

        return value;
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is above <paramref name="most"/>.</exception>
    public static int? AtMost(int? value, int most, string name)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(number, most, name);
        }

        return value;
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is below <paramref name="least"/> or above <paramref name="most"/>.</exception>
    public static TimeSpan Between(TimeSpan value, TimeSpan least, TimeSpan most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }

    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public static string? NotBlank(string? value, string name)
    {
        if (value is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        }

        return value;
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is not one of <typeparamref name="T"/>.</exception>
    public static T Defined<T>(T value, string name)
        where T : struct, Enum => Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{value} is no {typeof(T).Name}. Use {string.Join(", ", Enum.GetNames<T>())}.");
}
