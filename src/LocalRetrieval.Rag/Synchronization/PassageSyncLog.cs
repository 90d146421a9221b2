using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag;

/// <summary>What a <see cref="PassageSync"/> logs.</summary>
internal static partial class PassageSyncLog
{
    [LoggerMessage(1, LogLevel.Information, "Scope '{Scope}': {New} new, {Changed} changed, {Unchanged} unchanged, {Renamed} renamed, {Vanished} vanished, {Skipped} skipped, {Failed} failed; {Embedded} passages embedded.")]
    public static partial void Synchronized(ILogger logger, string scope, int @new, int changed, int unchanged, int renamed, int vanished, int skipped, int failed, int embedded);

    [LoggerMessage(2, LogLevel.Warning, "Scope '{Scope}': '{Source}' {Reason}.")]
    public static partial void SourceFailed(ILogger logger, string scope, string source, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Scope '{Scope}' was not synchronised; it is tried again in {Delay}. {Reason}")]
    public static partial void RunFailed(ILogger logger, string scope, string delay, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The folder '{Folder}' cannot be watched; it is looked at every {Interval} instead. {Reason}")]
    public static partial void NotWatched(ILogger logger, string folder, string interval, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Changes in the folder '{Folder}' may have been missed; all of it is looked at.")]
    public static partial void WatchingFailed(ILogger logger, Exception error, string folder);

    [LoggerMessage(6, LogLevel.Warning, "Scope '{Scope}': '{Source}', {Warning}")]
    public static partial void ReaderWarned(ILogger logger, string scope, string source, DocumentWarning warning);

    [LoggerMessage(7, LogLevel.Debug, "The folder that holds '{Folder}' cannot be watched; where '{Folder}' itself is moved or replaced, the next change or poll tells.")]
    public static partial void ParentNotWatched(ILogger logger, Exception error, string folder);

    [LoggerMessage(8, LogLevel.Debug, "Scope '{Scope}': the error of '{Source}'.")]
    public static partial void SourceError(ILogger logger, Exception error, string scope, string source);

    [LoggerMessage(9, LogLevel.Warning, "Scope '{Scope}': {Count} more failed; PassageSync.LastResult has them all.")]
    public static partial void MoreFailed(ILogger logger, string scope, int count);

    [LoggerMessage(10, LogLevel.Debug, "Scope '{Scope}': the error of the run.")]
    public static partial void RunError(ILogger logger, Exception error, string scope);

    [LoggerMessage(11, LogLevel.Debug, "Scope '{Scope}' was not synchronised for the same reason; it is tried again in {Delay}.")]
    public static partial void RunFailedAgain(ILogger logger, string scope, string delay);

    [LoggerMessage(12, LogLevel.Information, "Scope '{Scope}': {Count} skipped, such as '{Source}': {Reason}.")]
    public static partial void SourcesSkipped(ILogger logger, string scope, int count, string source, string reason);
}
