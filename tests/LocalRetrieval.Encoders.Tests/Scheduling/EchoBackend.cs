namespace LocalRetrieval.Encoders.Tests.Scheduling;

/// <summary>A backend whose value of a row is the row's first token.</summary>
internal sealed class EchoBackend : IEncoderBackend
{
    private int _running;
    private int _mostRunning;

    public BackendInfo Info { get; init; } = new("echo", "an echo", OutputKind.SentenceEmbedding, 1);

    public bool IsFasterAlone { get; set; }

    public bool CountsLoneRows { get; init; }

    /// <summary>Called on the thread that runs, with each batch.</summary>
    public Action<EchoRun> OnRun { get; set; } = _ => { };

    /// <summary>The most runs that were under way at once.</summary>
    public int MostRunning => _mostRunning;

    public ValueTask<BatchOutput> RunAsync(TokenBatch batch, bool isAlone, CancellationToken cancellationToken)
    {
        int running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        try
        {
            OnRun(new EchoRun([.. batch.Rows.Select(row => batch.Texts[row].Ids[0])], isAlone, cancellationToken));
            PooledOutput output = new(batch.Rows.Length);
            for (int row = 0; row < batch.Rows.Length; row++)
            {
                output.Writable[row] = batch.Texts[batch.Rows[row]].Ids[0];
            }

            return new ValueTask<BatchOutput>(output);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public void Dispose()
    {
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int known = Volatile.Read(ref most); value > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }
}
