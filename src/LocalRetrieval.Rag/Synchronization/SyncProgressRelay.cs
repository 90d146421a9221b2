using System.Collections.Immutable;

namespace LocalRetrieval.Rag;

/// <summary>Hands progress on to all who wait, and the last of it to those who begin to.</summary>
/// <remarks>Safe for concurrent use. Who waits is told by one thread at a time.</remarks>
internal sealed class SyncProgressRelay : IProgress<SyncProgress>
{
    private readonly Lock _gate = new();
    private ImmutableList<IProgress<SyncProgress>> _waiting = [];
    private SyncProgress? _last;

    public void Report(SyncProgress value)
    {
        lock (_gate)
        {
            _last = value;
            foreach (IProgress<SyncProgress> progress in _waiting)
            {
                progress.Report(value);
            }
        }
    }

    public void Add(IProgress<SyncProgress> progress)
    {
        lock (_gate)
        {
            _waiting = _waiting.Add(progress);
            if (_last is { } last)
            {
                progress.Report(last);
            }
        }
    }

    public void Remove(IProgress<SyncProgress> progress)
    {
        lock (_gate)
        {
            _waiting = _waiting.Remove(progress);
        }
    }
}
