using System.Diagnostics;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Has work in the background pause for twice as long as it works, so that it takes no more than a third of a processor: .NET's threads have one priority on most systems.</summary>
/// <param name="work">How long it works at a stretch.</param>
/// <param name="ending">Ends a pause.</param>
internal sealed class WorkPauses(TimeSpan work, CancellationToken ending = default)
{
    // Whoever was kept waiting while it worked has had the processor meanwhile.
    private readonly TimeSpan _longest = work * 8;
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Called now and then by whoever works.</summary>
    public void PauseWhenDue()
    {
        if (Stopwatch.GetElapsedTime(_since) is var worked && worked >= work)
        {
            ending.WaitHandle.WaitOne(worked * 2 < _longest ? worked * 2 : _longest);
            _since = Stopwatch.GetTimestamp();
        }
    }
}
