using WebRag.Uploads;

namespace WebRag.Sessions;

/// <summary>Forgets sessions that are not used any more, with the files that were uploaded in them.</summary>
internal sealed partial class SessionExpiry(SessionStore sessions, UploadIndexing uploads, TimeProvider time, ILogger<SessionExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ForgetIdleAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Forgets those that are idle now.</summary>
    internal async Task ForgetIdleAsync(CancellationToken cancellationToken)
    {
        foreach (Session session in sessions.RemoveIdle())
        {
            foreach (Upload upload in session.Uploads.Values)
            {
                await ForgetAsync(upload, cancellationToken);
            }
        }
    }

    private async Task ForgetAsync(Upload upload, CancellationToken cancellationToken)
    {
        try
        {
            await uploads.DeleteAsync(upload, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody has its name any more, so that nobody finds it; what stays is memory.
            LogKept(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "A file of a session that ended could not be deleted.")]
    private partial void LogKept(Exception exception);
}
