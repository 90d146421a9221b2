namespace LocalRetrieval.Encoders;

/// <summary>Lets runs in until it is closed; closing waits for those under way.</summary>
/// <param name="owner">The public type that users know, which errors name.</param>
/// <remarks>Safe for concurrent use. A run may end on another thread than it began.</remarks>
internal sealed class RunGate(Type owner)
{
    // A monitor rather than a Lock: closing waits for a pulse.
    private readonly object _sync = new();
    private int _running;
    private bool _isClosed;
    private string? _reason;

    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public void ThrowIfClosed()
    {
        if (Volatile.Read(ref _isClosed))
        {
            throw ClosedException();
        }
    }

    /// <summary>What a call ends with that comes too late.</summary>
    public ObjectDisposedException ClosedException() => Volatile.Read(ref _reason) is { } reason ? new(owner.FullName, reason) : new(owner.FullName);

    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public void Enter()
    {
        lock (_sync)
        {
            ThrowIfClosed();
            _running++;
        }
    }

    public void Exit()
    {
        lock (_sync)
        {
            // A pulse costs as much as a table's whole run: only where closing waits for it.
            if (--_running == 0 && _isClosed)
            {
                Monitor.PulseAll(_sync);
            }
        }
    }

    /// <summary>Lets no run in any more.</summary>
    /// <param name="reason">What calls that come too late are told; null that the encoder was disposed.</param>
    /// <returns>Whether this call closed the gate.</returns>
    public bool Close(string? reason = null)
    {
        lock (_sync)
        {
            bool wasOpen = !_isClosed;
            if (wasOpen)
            {
                Volatile.Write(ref _reason, reason);
            }

            Volatile.Write(ref _isClosed, true);
            return wasOpen;
        }
    }

    /// <summary>Waits for the runs under way.</summary>
    public void Wait()
    {
        lock (_sync)
        {
            while (_running > 0)
            {
                Monitor.Wait(_sync);
            }
        }
    }
}
