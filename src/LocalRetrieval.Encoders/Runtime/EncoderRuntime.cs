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
internal sealed class EncoderRuntime : IDisposable
{
    // Below this many texts a parallel loop costs more than it gains: a short text takes a few microseconds.
    private const int ParallelFrom = 16;

    // Rows that are not padded share a run to be handed over together, not to be faster.
    private const int UnpaddedRows = 16;

    // A tenth to a fifth slower than large batches (bench/results/budget.md).
    private const int MicroBatchTokens = 512;

    private readonly IEncoderBackend _backend;
    private readonly RunGate _gate;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;

    /// <param name="backend">What runs; disposed with this.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="modelId">The model's id in results and errors.</param>
    /// <param name="encoder">The public type, which logs and errors name.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    public EncoderRuntime(IEncoderBackend backend, EncoderOptions options, string modelId, Type encoder, ILoggerFactory? loggerFactory)
    {
        _backend = backend;
        _gate = new RunGate(encoder);
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        ModelId = modelId;
        Logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(encoder);
    }

    public string ModelId { get; }

    public ILogger Logger { get; }

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

    /// <exception cref="ArgumentException">A text has no tokens, and the backend needs some.</exception>
    public void RefuseEmpty(TextWindows texts, int firstIndex, string parameter)
    {
        if (!Backend.ReadsEmptyRows)
        {
            EmptyTextRefusal.Check(texts, firstIndex, parameter);
        }
    }

    /// <summary>Tokenizes each text by a function, in parallel where there are many.</summary>
    public T[] Tokenize<T>(IReadOnlyList<string> texts, Func<string, T> tokenize, CancellationToken cancellationToken)
    {
        T[] tokenized = new T[texts.Count];
        if (tokenized.Length < ParallelFrom || TokenizerThreads == 1)
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

    /// <summary>The batches that rows are run in: by length where they are padded, which pads least.</summary>
    public List<int[]> Plan(TokenizedText[] rows) => Backend.PadsRows
        ? BatchPlanner.ByLength(Lengths(rows), _batchTokenBudget, Backend.MaxBatchTokens)
        : BatchPlanner.InOrder(rows.Length, UnpaddedRows);

    /// <summary>The batches of rows that are to be run in their order, as long as there is time: small ones, since a time limit is exceeded by up to one of them.</summary>
    public List<int[]> PlanInOrder(TokenizedText[] rows) => BatchPlanner.InOrder(Lengths(rows), Math.Min(_batchTokenBudget, MicroBatchTokens), Backend.MaxBatchTokens);

    /// <summary>Runs batch after batch, or several at once where the backend gains by it.</summary>
    /// <typeparam name="TState">The reader's state.</typeparam>
    /// <param name="rows">All that the call reads.</param>
    /// <param name="batches">The indices of the rows of each run.</param>
    /// <param name="state">Handed to <paramref name="read"/>.</param>
    /// <param name="read">Reads what was given for a row.</param>
    /// <param name="cancellationToken">Ends the work between runs and, where the backend can, within one.</param>
    /// <exception cref="ObjectDisposedException">The encoder was disposed before the last run.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public async Task RunAllAsync<TState>(TokenizedText[] rows, List<int[]> batches, TState state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        if (Backend.ParallelRuns > 1 && batches.Count > 1)
        {
            ParallelOptions options = new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Backend.ParallelRuns };
            await Parallel.ForEachAsync(batches, options, (batch, token) => RunAsync(rows, batch, state, read, token)).ConfigureAwait(false);
            return;
        }

        foreach (int[] batch in batches)
        {
            await RunAsync(rows, batch, state, read, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs one batch; see <see cref="RunAllAsync"/>.</summary>
    public async ValueTask RunAsync<TState>(TokenizedText[] rows, int[] batch, TState state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TokenBatch tokens = TokenBatch.Of(rows, batch);
        _gate.Enter();
        try
        {
            using BatchOutput output = await _backend.RunAsync(tokens, cancellationToken).ConfigureAwait(false);
            Read(output.Values, tokens, state, read);
        }
        finally
        {
            _gate.Exit();
        }
    }

    public void Dispose()
    {
        if (_gate.Close())
        {
            _backend.Dispose();
        }
    }

    // Padding is left out.
    private void Read<TState>(ReadOnlySpan<float> values, TokenBatch batch, TState state, RowReader<TState> read)
    {
        int width = Backend.OutputWidth;
        int stride = Backend.IsByToken ? batch.Tokens * width : width;
        if (values.Length != (long)batch.Rows.Length * stride)
        {
            throw new InvalidDataException($"{Backend.Location} gave {values.Length} values for {batch.Rows.Length} rows of {batch.Tokens} tokens, expected {(long)batch.Rows.Length * stride}.");
        }

        for (int row = 0; row < batch.Rows.Length; row++)
        {
            int index = batch.Rows[row];
            read(state, index, values.Slice(row * stride, Backend.IsByToken ? batch.Texts[index].Ids.Length * width : width));
        }
    }

    private static int[] Lengths(TokenizedText[] rows) => Array.ConvertAll(rows, row => row.Ids.Length);
}
