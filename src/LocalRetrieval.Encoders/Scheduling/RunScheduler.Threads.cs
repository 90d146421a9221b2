namespace LocalRetrieval.Encoders;

/// <content>The threads that run: as many as slots at the most, started when there is something to do, ended when there was nothing for long.</content>
internal sealed partial class RunScheduler
{
    private static readonly TimeSpan IdleThread = TimeSpan.FromSeconds(20);

    private readonly Action<Thread> _startThread;
    private int _threads;
    private int _idleThreads;
    private volatile bool _isUnattended;

    // One by one: each that takes something wakes the next.
    private void WakeThread()
    {
        if (_free == 0 || IsIdle)
        {
            return;
        }

        if (_idleThreads > 0)
        {
            Monitor.Pulse(_sync);
        }
        else if (_threads < Slots)
        {
            StartThread();
        }
    }

    // Where the system gives none, as at a container's limit, those that there are do all; without any, the threads of calls.
    private void StartThread()
    {
        try
        {
            _startThread(new Thread(Work) { IsBackground = true, Name = "LocalRetrieval run" });
            _threads++;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
        }

        _isUnattended = _threads == 0;
    }

    // The next run, where there is no thread for it but that of a call.
    private QueuedRun? TakeUnattended()
    {
        if (!_isUnattended)
        {
            return null;
        }

        lock (_sync)
        {
            WakeThread();
            return _isUnattended && TryTake(out QueuedRun? run) ? run : null;
        }
    }

    private void Work()
    {
        while (WaitForRun() is { } run)
        {
            Execute(run);
        }
    }

    // Null when there was nothing for long.
    private QueuedRun? WaitForRun()
    {
        lock (_sync)
        {
            QueuedRun? run;
            while (!TryTake(out run))
            {
                _idleThreads++;
                bool isPulsed = Monitor.Wait(_sync, IdleThread);
                _idleThreads--;
                if (!isPulsed && IsIdle)
                {
                    _threads--;
                    return null;
                }
            }

            WakeThread();
            return run;
        }
    }
}
