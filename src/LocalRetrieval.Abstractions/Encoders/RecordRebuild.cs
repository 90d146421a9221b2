namespace LocalRetrieval;

/// <summary>How the vectors of all records of a collection are made anew: what an <see cref="IRebuildableCollection{TRecord}"/> is asked for.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
/// <remarks>Immutable and safe for concurrent use, as far as its functions are.</remarks>
public sealed class RecordRebuild<TRecord>
    where TRecord : class
{
    /// <summary>Makes the vectors of some records, and changes what else of these goes with them, in place.</summary>
    /// <value>
    /// Is given up to <see cref="BatchSize"/> records at a time, one batch after another. Those whose <see cref="VectorProperty"/> has no vector are to get one; those with one have it from a rebuild by the same
    /// encoder that did not end, and keep it. Vectors of other properties are there, and stay. Keys stay, and so does what <see cref="InputOf"/> says.
    /// </value>
    public required Func<IReadOnlyList<TRecord>, CancellationToken, Task> Remake { get; init; }

    /// <summary>What the vector of a record is made from, such as its text: while that and the key stay, a vector that was made needs no making again.</summary>
    public required Func<TRecord, string> InputOf { get; init; }

    /// <summary>Whether a record is of this encoder already, going by something that it says beside its vector. Where all are, the collection is left as it is.</summary>
    /// <value>Null where records do not say; all are then made anew. The default is null.</value>
    public Func<TRecord, bool>? IsRemade { get; init; }

    /// <summary>The encoder that makes the vectors, which the collection remembers from then on.</summary>
    /// <value>Null where it is not known. The default is null.</value>
    public EncoderInfo? Encoder { get; init; }

    /// <summary>What else tells the vectors from those that another rebuild makes, beside the fingerprint of <see cref="Encoder"/>: where both are the same, a rebuild goes on where the other ended.</summary>
    /// <value>Null for nothing. Where there is no <see cref="Encoder"/> either, each rebuild begins anew. The default is null.</value>
    public string? Identity { get; init; }

    /// <summary>The name of the vector property whose vectors are made anew, as the record has it. Those of others are kept, and so is what the collection remembers of their encoders.</summary>
    /// <value>Null for the only one. The default is null.</value>
    public string? VectorProperty { get; init; }

    /// <summary>How many records are made anew at a time. A process that ends loses the work at one batch.</summary>
    /// <value>At least 1. The default is 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            field = value;
        }
    } = 64;

    /// <summary>Told after each batch how far it is.</summary>
    /// <value>Null for nobody. The default is null.</value>
    public IProgress<RebuildProgress>? Progress { get; init; }
}
