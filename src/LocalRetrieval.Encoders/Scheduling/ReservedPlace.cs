namespace LocalRetrieval.Encoders;

/// <summary>The place of a call's first texts that was taken before its work began; given back when disposed, where nothing has taken it over.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ReservedPlace(QueuePlace place) : IDisposable
{
    private bool _isTaken;

    /// <summary>Takes the place over, once.</summary>
    public bool TryTake(out QueuePlace taken)
    {
        bool isFirst = !Interlocked.Exchange(ref _isTaken, true);
        taken = isFirst ? place : default;
        return isFirst;
    }

    public void Dispose()
    {
        if (TryTake(out QueuePlace left))
        {
            left.Dispose();
        }
    }
}
