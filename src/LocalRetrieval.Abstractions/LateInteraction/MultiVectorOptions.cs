namespace LocalRetrieval;

/// <summary>How a store keeps and finds a property of several vectors a record, a <see cref="MultiVectorEmbedding"/>.</summary>
public sealed class MultiVectorOptions
{
    /// <summary>Where the definition of a vector property holds its options: the key in its <c>ProviderAnnotations</c>. Stores that do not know it pass over it.</summary>
    public const string AnnotationKey = "LocalRetrieval:MultiVectors";

    /// <summary>The defaults.</summary>
    public MultiVectorOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of the first pass included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public MultiVectorOptions(MultiVectorOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Quantization = other.Quantization;
        FirstPass = other.FirstPass;
        FixedDimensional = new FixedDimensionalOptions(other.FixedDimensional);
        Candidates = other.Candidates;
    }

    /// <summary>How the numbers are kept. A collection keeps what it was created with, and refuses another.</summary>
    /// <value>The default is <see cref="MultiVectorQuantization.Int8"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public MultiVectorQuantization Quantization
    {
        get;
        set => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Quantization), value, "The value is not one of MultiVectorQuantization.");
    } = MultiVectorQuantization.Int8;

    /// <summary>
    /// What chooses the records that a search compares by all their vectors. It is made of what is stored, anew where a store is opened, and stands in memory. A collection has that which the first asks for who opens
    /// it; whoever asks for <see cref="MultiVectorFirstPass.None"/> has all compared, whatever there is.
    /// </summary>
    /// <value>The default is <see cref="MultiVectorFirstPass.None"/>: all are compared.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public MultiVectorFirstPass FirstPass
    {
        get;
        set => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(FirstPass), value, "The value is not one of MultiVectorFirstPass.");
    }

    /// <summary>Parameters of <see cref="MultiVectorFirstPass.FixedDimensional"/>; the others have none.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public FixedDimensionalOptions FixedDimensional
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(FixedDimensional));
            field = value;
        }
    } = new();

    /// <summary>How many records the first pass chooses for whoever asks with these options, or as many as are asked for where those are more.</summary>
    /// <value>At least 1. The default is 200.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Candidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Candidates));
            field = value;
        }
    } = 200;
}
