using LocalRetrieval.Static.Vectors;

namespace LocalRetrieval.Static;

/// <summary>The backend that is a table: a row's output is the mean of its tokens' vectors.</summary>
internal sealed class StaticBackend : IEncoderBackend
{
    /// <summary>The provider's name in metadata.</summary>
    public const string ProviderName = "localretrieval.static";

    private TokenVectors? _vectors;

    /// <param name="vectors">The vectors.</param>
    /// <param name="file">Their file.</param>
    /// <param name="layout">How the model is read.</param>
    /// <param name="threads">How many threads one call uses.</param>
    public StaticBackend(TokenVectors vectors, string file, string layout, int threads)
    {
        _vectors = vectors;
        Info = new BackendInfo(ProviderName, file, OutputKind.SentenceEmbedding, vectors.Dimensions)
        {
            IsHalfPrecision = vectors.IsHalf,
            // A row takes microseconds: taking turns would cost more.
            IsScheduled = false,
            ReadsEmptyRows = true,
            ParallelRuns = threads,
            Settings = [layout],
            Files = [file],
        };
    }

    /// <inheritdoc />
    public BackendInfo Info { get; }

    /// <inheritdoc />
    public bool IsFasterAlone => false;

    /// <inheritdoc />
    public ValueTask<BatchOutput> RunAsync(TokenBatch batch, bool isAlone, CancellationToken cancellationToken)
    {
        TokenVectors vectors = _vectors ?? throw new ObjectDisposedException(nameof(StaticBackend));
        PooledOutput output = new(batch.Rows.Length * vectors.Dimensions);
        try
        {
            for (int row = 0; row < batch.Rows.Length; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                vectors.Mean(batch.Texts[batch.Rows[row]].Ids, output.Writable.Slice(row * vectors.Dimensions, vectors.Dimensions));
            }
        }
        catch
        {
            output.Dispose();
            throw;
        }

        return new ValueTask<BatchOutput>(output);
    }

    /// <summary>Lets go of the vectors.</summary>
    public void Dispose() => _vectors = null;
}
