namespace LocalRetrieval.Encoders;

/// <content>Whose calls are under way, and how they end when the encoder is stopped.</content>
internal sealed partial class EncoderRuntime
{
    private readonly CallGate _calls = new();

    /// <summary>Does a call's work on the thread pool.</summary>
    /// <param name="work">The work.</param>
    /// <param name="reserved">The place of its first texts, which is given back where the work does not take it over.</param>
    /// <param name="cancellationToken">Ends the call before its work begins.</param>
    /// <exception cref="ObjectDisposedException">No more calls are taken.</exception>
    public Task<T> CallAsync<T>(Func<Task<T>> work, ReservedPlace? reserved, CancellationToken cancellationToken)
    {
        if (_calls.TryEnter())
        {
            return Task.Run(() => WorkAsync(work, reserved, cancellationToken), CancellationToken.None);
        }

        reserved?.Dispose();
        throw new ObjectDisposedException(_encoder, $"The encoder of '{ModelId}' takes no more calls: it is being stopped, as when its host shuts down.");
    }

    /// <summary>Takes no more calls, and waits for those under way until the token is cancelled; then ends them.</summary>
    /// <returns>How many calls were ended.</returns>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        Task ended = _calls.CloseAsync();
        await ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        int left = ended.IsCompleted ? 0 : _calls.Count;
        // Another drain, whose time was over before, has told of the same calls; they may not have ended yet.
        if (left == 0 || !_gate.Close($"The encoder of '{ModelId}' was stopped, and this call has no answer: the time to answer what waits, in a host its HostOptions.ShutdownTimeout, was over."))
        {
            return 0;
        }

        _scheduler.Abandon(_target);
        return left;
    }

    private async Task<T> WorkAsync<T>(Func<Task<T>> work, ReservedPlace? reserved, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await work().ConfigureAwait(false);
        }
        finally
        {
            reserved?.Dispose();
            _calls.Exit();
        }
    }
}
