using System.Runtime.ExceptionServices;

namespace LocalRetrieval.Rag;

/// <summary>The first failure among stages that run at once: it ends the others, and is the one that is told.</summary>
internal sealed class StageFailure(CancellationTokenSource end)
{
    private ExceptionDispatchInfo? _first;

    /// <summary>Runs a stage to its end, without throwing.</summary>
    public async Task GuardAsync(Func<Task> stage)
    {
        try
        {
            await stage().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _first, ExceptionDispatchInfo.Capture(failure), null);
            await end.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Throws what failed first, or that it was cancelled.</summary>
    public void Throw(CancellationToken cancellationToken)
    {
        if (_first is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _first.Throw();
        }
    }
}
