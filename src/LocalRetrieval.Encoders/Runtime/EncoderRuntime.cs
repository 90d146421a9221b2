using System.Runtime.ExceptionServices;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Encoders;

/// <summary>What every encoder does between its texts and its results, whatever it gives: it checks, tokenizes, plans, runs and disposes.</summary>
/// <remarks>
/// Safe for concurrent use. <see cref="Dispose"/> waits for the runs under way; a call with runs still to come then ends with
/// <see cref="ObjectDisposedException"/>, and one whose last run is done returns.
/// </remarks>
internal sealed partial class EncoderRuntime : IDisposable
{
    // Below this many texts a parallel loop costs more than it gains: a short text takes a few microseconds.
    private const int ParallelFrom = 16;

    // Portions are tokenized while others are run: with all processors they would take turns from runs.
    private const int ScheduledParallelFrom = 512;

    // Rows that are not padded share a run to be handed over together, not to be faster.
    private const int UnpaddedRows = 16;

    // A tenth to a fifth slower than large batches (bench/results/budget.md).
    private const int MicroBatchTokens = 512;

    // The largest runs of each slot that a portion is enough for: among more texts more are about as long, but their tokens are kept until then.
    private const int RunsAhead = 2;

    // A call takes two of them at a time, and leaves room for others.
    private const int PortionsThatMayWait = 4;

    private readonly IEncoderBackend _backend;
    private readonly RunScheduler _scheduler;
    private readonly RunGate _gate;
    private readonly RunTarget _target;
    private readonly QueueBound _bound;
    private readonly string _encoder;
    private readonly bool _refusesOverload;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;
    private readonly PortionLimits _portion;
    private bool _isDisposed;

    /// <param name="backend">What runs; disposed with this.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="modelId">The model's id in results and errors.</param>
    /// <param name="encoder">The public type, which logs and errors name.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    /// <param name="scheduler">Whose turns are taken; null for that of the process.</param>
    public EncoderRuntime(IEncoderBackend backend, EncoderOptions options, string modelId, Type encoder, ILoggerFactory? loggerFactory, RunScheduler? scheduler = null)
    {
        _backend = backend;
        _scheduler = scheduler ?? RunScheduler.Shared;
        _gate = new RunGate(encoder);
        _target = new RunTarget(modelId, backend, _gate, options.BatchTokenBudget, options.MaxRunTime) { MaxRunBytes = RunBudget.Of(options) };
        _bound = new QueueBound(options.MaxQueuedTexts, options.MaxQueuedBytes, options.Overload == OverloadBehavior.Throw, _scheduler.Time);
        _encoder = encoder.FullName!;
        _maxQueuedTexts = options.MaxQueuedTexts;
        _refusesOverload = options.Overload == OverloadBehavior.Throw;
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _portion = new PortionLimits(
            (long)RunsAhead * _batchTokenBudget * _scheduler.Slots, Math.Max(1, options.MaxQueuedTexts / PortionsThatMayWait), Math.Max(1, options.MaxQueuedBytes / PortionsThatMayWait));
        ModelId = modelId;
        Logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(encoder);
        EncoderTelemetry.Add(this);
    }

    public string ModelId { get; }

    public ILogger Logger { get; }

    /// <summary>The number of texts that wait or are being run.</summary>
    public int QueuedTexts => _bound.Texts;

    /// <summary>What the backend is, gives, and takes.</summary>
    public BackendInfo Backend => _backend.Info;

    /// <summary>The most threads that tokenize a call's texts; -1 for as many as there are.</summary>
    public int TokenizerThreads { get; init; } = -1;

    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    public void ThrowIfDisposed() => _gate.ThrowIfClosed();

    /// <exception cref="ArgumentException">A text is null, or ill-formed where the options say so.</exception>
    public void Check(IReadOnlyList<string> texts, string parameter) => TextValidation.Check(texts, _loneSurrogates, parameter);

    /// <exception cref="ArgumentException">The text is ill-formed and the options say to throw.</exception>
    public void Check(string text, string name, string parameter) => TextValidation.Check(text, _loneSurrogates, name, parameter);

    /// <exception cref="InvalidOperationException">A value is NaN or infinite.</exception>
    public void RefuseNonFinite(ReadOnlySpan<float> values, string input, int index) => NonFiniteOutput.Refuse(values, ModelId, input, index);

    /// <exception cref="ArgumentException">A text has no tokens, and the backend needs some; or a run of it alone would take more memory than it may.</exception>
    public void RefuseUnrunnable(TextWindows texts, Func<int, int> indexOf, string parameter) => _target.RefuseUnrunnable(texts, indexOf, parameter);

    /// <summary>Tokenizes each text by a function, in parallel where there are many.</summary>
    public T[] Tokenize<T>(IReadOnlyList<string> texts, Func<string, T> tokenize, CancellationToken cancellationToken)
    {
        T[] tokenized = new T[texts.Count];
        if (tokenized.Length < (IsScheduled ? ScheduledParallelFrom : ParallelFrom) || TokenizerThreads == 1)
        {
            for (int i = 0; i < tokenized.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                tokenized[i] = tokenize(texts[i]);
            }

            return tokenized;
        }

        try
        {
            Parallel.For(0, tokenized.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = TokenizerThreads }, i => tokenized[i] = tokenize(texts[i]));
        }
        catch (AggregateException exception)
        {
            // One text and many are refused alike.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return tokenized;
    }

    /// <summary>Whether runs take turns with those of others: then a call of many texts reads them a portion at a time.</summary>
    public bool IsScheduled => Backend.IsScheduled;

    /// <summary>The largest run, in tokens, of a call that may end between two: small, since a time limit is exceeded by up to one.</summary>
    public int MicroBatchBudget => Math.Min(_batchTokenBudget, MicroBatchTokens);

    /// <summary>The most padded tokens of a run of several rows of up to a length.</summary>
    public int MaxBatchTokens(int longest) => _target.MaxBatchTokens(longest);

    /// <summary>The portions that a call's texts are read in, each a list of indices: enough for two runs of each slot, so that tokens of few runs are kept, and a part of what may wait.</summary>
    public List<int[]> Portions(string[] texts, PortionRequest request) => IsScheduled ? TextPortions.Cut(texts, _portion, request) : [BatchPlanner.InputOrder(texts.Length)];

    /// <summary>Takes the place of a call's first portion at once, where the options say to refuse what finds none: a burst of calls is refused before their work begins.</summary>
    /// <returns>The request with the place, for <see cref="CallAsync"/>.</returns>
    /// <exception cref="EncoderOverloadedException">There is no room for the first portion of the texts, and the options say to refuse them then.</exception>
    public RunRequest Reserve(string[] texts, PortionRequest portions, RunRequest run)
    {
        if (!_refusesOverload || !IsScheduled || texts.Length == 0)
        {
            return run;
        }

        List<int[]> all = Portions(texts, portions);
        string[] first = Array.ConvertAll(all[0], index => texts[index]);
        long bytes = BytesOf(first);
        bool isWhole = all.Count == 1;
        return _bound.TryEnter(run.Priority, first.Length, bytes, isWhole)
            ? run with { Reserved = new ReservedPlace(new QueuePlace(_bound, run.Priority, first.Length, bytes, isWhole)) }
            : throw new EncoderOverloadedException(ModelId, _bound.Texts, _scheduler.ExpectedWait(_target));
    }

    /// <summary>The time, by the scheduler's clock.</summary>
    public long Timestamp => _scheduler.Time.GetTimestamp();

    /// <summary>Waits for room in the queue; the first texts of a request take over the place that was reserved for it.</summary>
    /// <returns>The place, to be disposed of when the texts are run.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async ValueTask<QueuePlace> EnterQueueAsync(string[] texts, RunRequest run, CancellationToken cancellationToken)
    {
        if (!IsScheduled)
        {
            return default;
        }

        if (run.Reserved is { } reserved && reserved.TryTake(out QueuePlace place))
        {
            return place;
        }

        long bytes = BytesOf(texts);
        await _bound.EnterAsync(run.Priority, texts.Length, bytes, cancellationToken).ConfigureAwait(false);
        return new QueuePlace(_bound, run.Priority, texts.Length, bytes);
    }

    /// <summary>Runs rows, alone or with those of other calls.</summary>
    /// <typeparam name="TState">The reader's state.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="request">How they are to be run.</param>
    /// <param name="state">Handed to <paramref name="read"/>.</param>
    /// <param name="read">Reads what was given for a row, on any thread, of several rows at once.</param>
    /// <param name="cancellationToken">Ends the call at once, and a run that nobody else waits for.</param>
    /// <exception cref="ObjectDisposedException">The encoder was disposed before the last run.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Task RunAsync<TState>(TokenizedText[] rows, RunRequest request, TState state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        if (rows.Length == 0)
        {
            return Task.CompletedTask;
        }

        return IsScheduled
            ? _scheduler.RunAsync(new ReadingCall<TState>(_target, rows, request, state, read), cancellationToken)
            : RunUnscheduledAsync(rows, request.IsOneRun ? rows.Length : UnpaddedRows, state, read, cancellationToken);
    }

    public void Dispose()
    {
        EncoderTelemetry.Remove(this);
        _gate.Close($"The encoder of '{ModelId}' was disposed of, and calls without an answer by then have none. EncoderInfo.DrainAsync before it has them answered.");
        _scheduler.Refuse(_target);
        _gate.Wait();
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _backend.Dispose();
        }
    }

    private static long BytesOf(string[] texts)
    {
        long bytes = 0;
        foreach (string text in texts)
        {
            bytes += (long)text.Length * sizeof(char);
        }

        return bytes;
    }

    // Several runs at once where the backend gains by it.
    private async Task RunUnscheduledAsync<TState>(TokenizedText[] rows, int rowsPerRun, TState state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        List<int[]> batches = BatchPlanner.InOrder(rows.Length, rowsPerRun);
        if (Backend.ParallelRuns > 1 && batches.Count > 1)
        {
            ParallelOptions options = new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Backend.ParallelRuns };
            await Parallel.ForEachAsync(batches, options, (batch, token) => RunUnscheduledAsync(TokenBatch.Of(rows, batch), state, read, token)).ConfigureAwait(false);
            return;
        }

        foreach (int[] batch in batches)
        {
            await RunUnscheduledAsync(TokenBatch.Of(rows, batch), state, read, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask RunUnscheduledAsync<TState>(TokenBatch batch, TState state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _gate.Enter();
        try
        {
            using BatchOutput output = await _backend.RunAsync(batch, isAlone: false, cancellationToken).ConfigureAwait(false);
            BatchReader.Read(Backend, output.Values, batch, state, read);
        }
        finally
        {
            _gate.Exit();
        }
    }
}
