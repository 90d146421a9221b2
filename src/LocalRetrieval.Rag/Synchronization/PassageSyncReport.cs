using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>Logs what the runs of a <see cref="PassageSync"/> did, and the same failure of the same source once.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class PassageSyncReport(ILogger logger, string scope)
{
    /// <summary>How many failed sources, and how many reasons to skip and warnings of readers, are logged of one run.</summary>
    private const int MaxLogged = 20;

    private Dictionary<string, string> _failed = [];
    private HashSet<string> _skipped = [];
    private string? _error;

    /// <summary>Logs a run that ended.</summary>
    public void Add(SyncResult result)
    {
        _error = null;
        PassageSyncLog.Synchronized(
            logger, scope, result.New.Count, result.Changed.Count, result.Unchanged.Count, result.Renamed.Count, result.Vanished.Count, result.Skipped.Count, result.Failed.Count, result.Embedded);
        AddSkipped(result.Skipped);
        SyncEntry[] fresh = [.. result.Failed.Where(entry => _failed.GetValueOrDefault(entry.Source) != entry.Line)];
        foreach (SyncEntry entry in fresh.Take(MaxLogged))
        {
            PassageSyncLog.SourceFailed(logger, scope, entry.Source, entry.Line);
            if (entry.Error is not null)
            {
                PassageSyncLog.SourceError(logger, entry.Error, scope, entry.Source);
            }
        }

        if (fresh.Length > MaxLogged)
        {
            PassageSyncLog.MoreFailed(logger, scope, fresh.Length - MaxLogged);
        }

        _failed = result.Failed.DistinctBy(entry => entry.Source).ToDictionary(entry => entry.Source, entry => entry.Line, StringComparer.Ordinal);
        IEnumerable<SyncEntry> read = result.New.Concat(result.Changed).Concat(result.Renamed);
        foreach ((SyncEntry entry, DocumentWarning warning) in read.SelectMany(entry => entry.Warnings, (entry, warning) => (entry, warning)).Take(MaxLogged))
        {
            PassageSyncLog.ReaderWarned(logger, scope, entry.Source, warning);
        }
    }

    // By reasons: a folder may hold thousands of images, and one page whose package is missing.
    private void AddSkipped(IReadOnlyList<SyncEntry> skipped)
    {
        IGrouping<string, SyncEntry>[] reasons = [.. skipped.GroupBy(entry => entry.Line, StringComparer.Ordinal)];
        foreach (IGrouping<string, SyncEntry> reason in reasons.Where(reason => !_skipped.Contains(reason.Key)).Take(MaxLogged))
        {
            PassageSyncLog.SourcesSkipped(logger, scope, reason.Count(), reason.First().Source, reason.Key);
        }

        _skipped = [.. reasons.Select(reason => reason.Key)];
    }

    /// <summary>Logs a run that failed as a whole.</summary>
    /// <param name="error">Why.</param>
    /// <param name="delay">When it is tried again.</param>
    public void Add(Exception error, TimeSpan delay)
    {
        string reason = error.Message.ReplaceLineEndings(" ");
        if (reason == _error)
        {
            PassageSyncLog.RunFailedAgain(logger, scope, ReadableTime.Of(delay));
            return;
        }

        _error = reason;
        PassageSyncLog.RunFailed(logger, scope, ReadableTime.Of(delay), reason);
        PassageSyncLog.RunError(logger, error, scope);
    }
}
