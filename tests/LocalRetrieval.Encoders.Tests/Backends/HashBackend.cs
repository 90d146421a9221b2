namespace LocalRetrieval.Encoders.Tests.Backends;

/// <summary>A third backend: each token's vector is a hash of the token, and a row's the sum of its tokens'.</summary>
internal sealed class HashBackend(OutputKind kind, int width) : IEncoderBackend
{
    private int _runs;

    public BackendInfo Info { get; init; } = new("hash", "a hash", kind, width) { Settings = ["hash"], MaxBatchTokens = 100 };

    /// <summary>Awaited in each run, with its number.</summary>
    public Func<int, Task> OnRun { get; init; } = _ => Task.CompletedTask;

    /// <summary>The token whose vector is NaN.</summary>
    public int? Poison { get; init; }

    public bool IsDisposed { get; private set; }

    public bool IsFasterAlone { get; init; }

    /// <summary>Called with each batch.</summary>
    public Action<TokenBatch, bool> OnBatch { get; init; } = (_, _) => { };

    public static float Value(int token, int dimension) => MathF.Sin((token * 31) + dimension) * 4;

    public async ValueTask<BatchOutput> RunAsync(TokenBatch batch, bool isAlone, CancellationToken cancellationToken)
    {
        Assert.False(IsDisposed);
        OnBatch(batch, isAlone);
        await OnRun(Interlocked.Increment(ref _runs));
        int rowTokens = Info.IsByToken ? batch.Tokens : 1;
        PooledOutput output = new(batch.Rows.Length * rowTokens * width);
        output.Writable.Clear();
        for (int row = 0; row < batch.Rows.Length; row++)
        {
            int[] ids = batch.Texts[batch.Rows[row]].Ids;
            for (int i = 0; i < ids.Length; i++)
            {
                int start = ((row * rowTokens) + (Info.IsByToken ? i : 0)) * width;
                for (int dimension = 0; dimension < width; dimension++)
                {
                    output.Writable[start + dimension] += ids[i] == Poison ? float.NaN : Value(ids[i], dimension);
                }
            }
        }

        Assert.False(IsDisposed);
        return output;
    }

    public void Dispose() => IsDisposed = true;
}
