namespace LocalRetrieval;

/// <summary>Options of <see cref="ParityCheck"/>.</summary>
public sealed class ParityCheckOptions
{
    /// <summary>The defaults.</summary>
    public ParityCheckOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public ParityCheckOptions(ParityCheckOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ExpectedValues = other.ExpectedValues;
        Tolerance = other.Tolerance;
    }

    /// <summary>The file of expected values.</summary>
    /// <value>Null for expected.json in the model's folder, where there is one. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ExpectedValues
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(ExpectedValues));
            }

            field = value;
        }
    }

    /// <summary>The largest absolute difference to an expected value that passes.</summary>
    /// <value>Above 0, or null for 2e-3 where the model is of float16 and 1e-4 elsewhere. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0.</exception>
    public float? Tolerance
    {
        get;
        set => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "Give a tolerance above 0.");
    }
}
