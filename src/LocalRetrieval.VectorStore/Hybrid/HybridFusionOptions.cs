namespace LocalRetrieval.VectorData;

/// <summary>How a hybrid search makes one list out of what vectors and keywords find.</summary>
public sealed class HybridFusionOptions
{
    /// <summary>The defaults.</summary>
    public HybridFusionOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public HybridFusionOptions(HybridFusionOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Method = other.Method;
        RankConstant = other.RankConstant;
        VectorWeight = other.VectorWeight;
        KeywordWeight = other.KeywordWeight;
        Candidates = other.Candidates;
    }

    /// <summary>How the lists become one.</summary>
    /// <value>The default is <see cref="HybridFusionMethod.ReciprocalRank"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public HybridFusionMethod Method
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Method), value, $"{value} is no {nameof(HybridFusionMethod)}.");
    }

    /// <summary>What dampens the first ranks' lead in <see cref="HybridFusionMethod.ReciprocalRank"/>.</summary>
    /// <value>At least 0. The default is 60.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int RankConstant
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(RankConstant));
            field = value;
        }
    } = RankFusion.DefaultRankConstant;

    /// <summary>How much the vectors' list counts.</summary>
    /// <value>At least 0. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or not finite.</exception>
    public double VectorWeight
    {
        get;
        set => field = CheckWeight(value, nameof(VectorWeight));
    } = 1;

    /// <summary>How much the keywords' list counts.</summary>
    /// <value>At least 0. The default is 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0 or not finite.</exception>
    public double KeywordWeight
    {
        get;
        set => field = CheckWeight(value, nameof(KeywordWeight));
    } = 1;

    /// <summary>How many records each list has, where no more are asked for.</summary>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Candidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Candidates));
            field = value;
        }
    } = 100;

    /// <summary>What no single setter can see; null where all is well.</summary>
    internal string? FindFault() =>
        VectorWeight == 0 && KeywordWeight == 0 ? $"{nameof(VectorWeight)} and {nameof(KeywordWeight)} are both 0, which leaves no order. Give one of them a weight." : null;

    private static double CheckWeight(double value, string name) =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A weight is a finite number of at least 0.");
}
