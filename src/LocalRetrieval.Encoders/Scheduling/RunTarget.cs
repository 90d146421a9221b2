namespace LocalRetrieval.Encoders;

/// <summary>An encoder as the scheduler sees it: what runs its batches, how large these may be, and what waits for it.</summary>
/// <param name="modelId">The model's id, for telemetry.</param>
/// <param name="backend">What runs.</param>
/// <param name="gate">Closed when the encoder is disposed.</param>
/// <param name="budget">The largest cost of a run of several rows, in tokens.</param>
/// <param name="maxRunTime">How long a run of several rows is to take at most.</param>
internal sealed class RunTarget(string modelId, IEncoderBackend backend, RunGate gate, int budget, TimeSpan maxRunTime)
{
    private const long Never = long.MinValue;

    private readonly long[] _waitingCost = new long[Enum.GetValues<RunPriority>().Length];
    private long _lastEnded = Never;

    public string ModelId => modelId;

    public IEncoderBackend Backend => backend;

    public RunGate Gate => gate;

    /// <summary>How long its runs take that leave slots to others.</summary>
    public RunCost Cost { get; } = new();

    /// <summary>How long its last runs of several rows took.</summary>
    public RunTimes Times { get; } = new();

    /// <summary>When its last run ended, by the scheduler's clock; null before the first.</summary>
    public long? LastEnded => Volatile.Read(ref _lastEnded) is var ended and not Never ? ended : null;

    /// <summary>What a run may take of memory.</summary>
    public long MaxRunBytes { get; init; } = long.MaxValue;

    /// <summary>The slots of a run that leaves others to others.</summary>
    /// <param name="slots">How many there are.</param>
    public int SlotsOf(int slots) => Math.Min(backend.Info.ThreadsPerRun, slots);

    /// <summary>What waits of a priority, in tokens; guarded by the scheduler's lock.</summary>
    public ref long WaitingCost(RunPriority priority) => ref _waitingCost[(int)priority];

    /// <summary>Takes in that a run ended.</summary>
    public void Ended(long timestamp) => Volatile.Write(ref _lastEnded, timestamp);

    /// <summary>The largest cost of a run of several rows of a call.</summary>
    public long LimitOf(RunRequest request) => Math.Min(request.Budget ?? budget, Cost.Within(maxRunTime));

    /// <summary>Whether rows of a padded length are within what a run's output may hold, and its memory.</summary>
    public bool Holds(int rows, int tokens) =>
        (long)rows * tokens <= backend.Info.MaxBatchTokens && (backend.Info.RunMemory is not { } memory || memory.Predict(rows, tokens) <= MaxRunBytes);

    /// <summary>The most padded tokens of a run of several rows of up to a length; 0 where not even one may be run.</summary>
    public int MaxBatchTokens(int longest) => backend.Info.RunMemory is not { } memory
        ? backend.Info.MaxBatchTokens
        : (int)Math.Min(backend.Info.MaxBatchTokens, MaxRunBytes / Math.Max(1, memory.Predict(1, longest)) * (double)longest);

    /// <exception cref="ArgumentException">A text has no tokens, and the backend needs some; or a run of it alone would take more memory than it may.</exception>
    public void RefuseUnrunnable(TextWindows texts, Func<int, int> indexOf, string parameter)
    {
        if (!backend.Info.ReadsEmptyRows)
        {
            EmptyTextRefusal.Check(texts, indexOf, parameter);
        }

        if (backend.Info.IsScheduled && backend.Info.RunMemory is { } memory)
        {
            RunBudget.Check(texts, memory, MaxRunBytes, modelId, indexOf, parameter);
        }
    }

    /// <summary>Runs a batch on the calling thread, and hands the values of each row's own tokens to a reader.</summary>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public void Run<TState>(TokenBatch batch, bool isAlone, TState state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        gate.Enter();
        try
        {
            using BatchOutput output = Await(backend.RunAsync(batch, isAlone, cancellationToken));
            BatchReader.Read(backend.Info, output.Values, batch, state, read);
        }
        finally
        {
            gate.Exit();
        }
    }

    // What computes in this process has done so by now.
    private static BatchOutput Await(ValueTask<BatchOutput> run) => run.IsCompleted ? run.GetAwaiter().GetResult() : run.AsTask().GetAwaiter().GetResult();
}
