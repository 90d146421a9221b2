using LocalRetrieval.VectorData.Indexing.Upkeep;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>Makes in the background what chooses among the rows of a table that were read from files: that of one state at a time.</summary>
/// <remarks>Until it is made, or where that fails, searches compare all vectors. Safe for concurrent use.</remarks>
/// <param name="name">How the log names the collection.</param>
/// <param name="logger">Told what fails.</param>
internal sealed partial class FirstPassUpkeep(string name, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _making = new();
    private Task _running = Task.CompletedTask;
    private bool _isClosed;
    private volatile string? _fault;

    /// <summary>Why it is not made; null where nothing failed.</summary>
    public string? Fault => _fault;

    /// <summary>Begins, and ends what was under way, which is of another state.</summary>
    /// <param name="make">Makes it.</param>
    public void Begin(Action<CancellationToken> make)
    {
        lock (_lock)
        {
            _making.Cancel();
            if (!_isClosed)
            {
                _making = new CancellationTokenSource();
                CancellationToken ending = _making.Token;

                // It may take minutes, and the threads of the pool are for whoever answers requests.
                _running = Task.Factory.StartNew(() => Run(make, ending), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Ends when nothing is under way: it is made, or that failed.</summary>
    /// <returns>False where the table was closed before, so that another may be asked.</returns>
    public async Task<bool> WhenMadeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task running;
            lock (_lock)
            {
                running = _running;
                if (_isClosed || running.IsCompleted)
                {
                    return !_isClosed;
                }
            }

            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what is under way, and waits for nothing.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _making.Cancel();
        }
    }

    private void Run(Action<CancellationToken> make, CancellationToken ending)
    {
        try
        {
            make(ending);
            _fault = null;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The table is closed, or has another state by now.
        }
        catch (Exception exception)
        {
            _fault = exception is OutOfMemoryException ? "there was no memory for it" : $"it failed: {exception.Message}";
            SafeLog.Try(() => LogFailure(name, exception));
        }
    }

    [LoggerMessage(LogLevel.Error, "What the first pass of collection '{Name}' compares could not be made: searches compare all vectors until the next snapshot is made, or the collection is opened anew.")]
    private partial void LogFailure(string name, Exception exception);
}
