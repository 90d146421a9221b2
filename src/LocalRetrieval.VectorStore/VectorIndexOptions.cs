namespace LocalRetrieval.VectorData;

/// <summary>How the index of a vector property finds the nearest records without comparing all whole vectors.</summary>
/// <remarks>
/// The property's <c>IndexKind</c> says which index it is: <c>QuantizedFlat</c> compares small codes of all vectors, <c>Hnsw</c> walks through a graph, and <c>Dynamic</c> compares
/// whole vectors until that is found too slow and walks through a graph then. Null and <c>Flat</c> compare all whole vectors, and take no options.
/// </remarks>
public sealed class VectorIndexOptions
{
    /// <summary>Where the definition of a vector property holds its options: the key in its <c>ProviderAnnotations</c>. Stores that do not know it pass over it.</summary>
    public const string AnnotationKey = "LocalRetrieval:VectorIndex";

    /// <summary>The most that <see cref="Oversampling"/> may be, and that an index chooses.</summary>
    internal const int MaxOversampling = 40;

    /// <summary>The defaults.</summary>
    public VectorIndexOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public VectorIndexOptions(VectorIndexOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Quantization = other.Quantization;
        Rescoring = other.Rescoring;
        Oversampling = other.Oversampling;
        TargetRecall = other.TargetRecall;
        FirstPassDimensions = other.FirstPassDimensions;
        M = other.M;
        EfConstruction = other.EfConstruction;
        EfSearch = other.EfSearch;
        Seed = other.Seed;
        MaxBuildThreads = other.MaxBuildThreads;
    }

    /// <summary>In what form the index keeps the vectors that it compares first.</summary>
    /// <value>Null, the default, is <see cref="VectorQuantization.Int8"/> for <c>QuantizedFlat</c>, and <see cref="VectorQuantization.None"/> for <c>Hnsw</c> and <c>Dynamic</c>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public VectorQuantization? Quantization
    {
        get;
        set => field = value is null || Enum.IsDefined(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Quantization), value, $"{nameof(Quantization)} is none of {string.Join(", ", Enum.GetNames<VectorQuantization>())}.");
    }

    /// <summary>Whether what is found by codes is compared once more by the whole vectors, in memory or in the file that they are in, so that scores are exact.</summary>
    /// <value>The default is true. With false, scores are those of the codes, and no whole vector is read by a search. Only <c>QuantizedFlat</c> takes false: what a graph finds, over codes too, is always compared by whole vectors.</value>
    public bool Rescoring { get; set; } = true;

    /// <summary>How many times as many records as are asked for are found by codes, of which the whole vectors choose.</summary>
    /// <value>From 1 to 40. Null, the default, lets the index choose by <see cref="TargetRecall"/>, on its own vectors. Only <c>QuantizedFlat</c> takes it; what graphs keep is <see cref="EfSearch"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 40.</exception>
    public double? Oversampling
    {
        get;
        set => field = value is null or (>= 1 and <= MaxOversampling)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Oversampling), value, $"{nameof(Oversampling)} is from 1 to {MaxOversampling}.");
    }

    /// <summary>Which share of what an exact search finds is to be found: what the index chooses by where <see cref="Oversampling"/> or <see cref="EfSearch"/> are null.</summary>
    /// <value>Above 0 and below 1. The default is 0.95.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double TargetRecall
    {
        get;
        set => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TargetRecall), value, $"{nameof(TargetRecall)} is above 0 and below 1. A search that finds all has the index kind Flat.");
    } = 0.95;

    /// <summary>How many of the first dimensions a first pass over codes compares, where the encoder was trained so that these alone say most (Matryoshka). There are no codes of the others: whole vectors choose among what it finds.</summary>
    /// <value>At least 8, and fewer than the vectors have. Null, the default, has codes of all. Only <c>QuantizedFlat</c> with <see cref="Rescoring"/> takes it.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 8.</exception>
    public int? FirstPassDimensions
    {
        get;
        set => field = CheckRange(value, 8, int.MaxValue, nameof(FirstPassDimensions));
    }

    /// <summary>How many neighbours a vector of a graph has; twice as many on the lowest level.</summary>
    /// <value>From 4 to 128. The default is 16. More find better and take memory.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 4 or above 128.</exception>
    public int M
    {
        get;
        set => field = CheckRange(value, 4, 128, nameof(M));
    } = 16;

    /// <summary>How many candidates a graph looks at for the neighbours of a vector that it takes in.</summary>
    /// <value>From 8 to 4096. The default is 128. More make a better graph, and take longer.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 8 or above 4096.</exception>
    public int EfConstruction
    {
        get;
        set => field = CheckRange(value, 8, 4096, nameof(EfConstruction));
    } = 128;

    /// <summary>How many candidates a search in a graph keeps; as many as are asked for at least.</summary>
    /// <value>From 1 to 65536. Null, the default, lets the index choose by <see cref="TargetRecall"/>. Only graphs take it.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 65536.</exception>
    public int? EfSearch
    {
        get;
        set => field = CheckRange(value, 1, 65536, nameof(EfSearch));
    }

    /// <summary>What random choices follow from: rotations of binary codes, levels of a graph.</summary>
    /// <value>The default is 0. With the same seed the same records, written in the same order, make the same index where one thread makes it.</value>
    public int Seed { get; set; }

    /// <summary>How many threads make a graph, or measure what codes find, beside those that write and search.</summary>
    /// <value>At least 1. Null, the default, is all processors but one, and at least one.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxBuildThreads
    {
        get;
        set => field = CheckRange(value, 1, int.MaxValue, nameof(MaxBuildThreads));
    }

    internal int UsedBuildThreads => MaxBuildThreads ?? Math.Max(1, Environment.ProcessorCount - 1);

    private static int? CheckRange(int? value, int least, int most, string name) => value is { } given ? CheckRange(given, least, most, name) : null;

    private static int CheckRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, most == int.MaxValue ? $"{name} is at least {least}." : $"{name} is from {least} to {most}.");
}
