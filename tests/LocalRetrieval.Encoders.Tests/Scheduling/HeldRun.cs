using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests.Scheduling;

/// <summary>Holds the first run of a backend until it is released, so that what comes meanwhile waits.</summary>
internal sealed class HeldRun : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource<EchoRun> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<EchoRun> _later = [];
    private int _runs;

    private HeldRun()
    {
    }

    /// <summary>The runs after the first, in the order in which they began.</summary>
    public IReadOnlyList<EchoRun> Later
    {
        get
        {
            lock (_later)
            {
                return [.. _later];
            }
        }
    }

    /// <summary>Ends when the first run has begun.</summary>
    public Task<EchoRun> Begun => _begun.Task;

    /// <summary>Starts a call of an encoder and holds its run.</summary>
    public static async Task<(HeldRun Held, Task<float[]> Call)> StartAsync(TestEncoder encoder, Func<Task<float[]>>? start = null, Action<EchoRun>? then = null)
    {
        HeldRun held = new();
        encoder.Backend.OnRun = run => held.OnRun(run, then ?? (_ => { }));

        // A thread of its own, since it is held: what it has queued by then must not wait behind it.
        Task<float[]> call = Task.Factory.StartNew(start ?? (() => encoder.RunAsync([-1])), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        await held.Begun.OrHang();
        return (held, call);
    }

    public void Release() => _release.Set();

    public void Dispose()
    {
        Release();
        _release.Dispose();
    }

    private void OnRun(EchoRun run, Action<EchoRun> then)
    {
        if (Interlocked.Increment(ref _runs) == 1)
        {
            _begun.SetResult(run);
            _release.Wait();
            return;
        }

        lock (_later)
        {
            _later.Add(run);
        }

        then(run);
    }
}
