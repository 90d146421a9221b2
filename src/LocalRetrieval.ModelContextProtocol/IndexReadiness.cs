using System.Threading.Channels;
using LocalRetrieval.Rag;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Lets calls wait until the index is filled.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class IndexReadiness(PassageSync? sync)
{
    public static IndexReadiness Of(IServiceProvider services, object? serviceKey) => new(KeyedServices.Find<PassageSync>(services, serviceKey));

    /// <summary>Waits for the first run of the synchronisation, and tells the client of each step where it gave a token.</summary>
    /// <exception cref="McpException">A run failed as a whole.</exception>
    public async Task WaitAsync(McpServer server, ProgressToken? token, CancellationToken cancellationToken)
    {
        if (sync is null)
        {
            return;
        }

        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<SyncProgress> reports = Channel.CreateBounded<SyncProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Task ready = ReadyAsync(sync, reports.Writer, end.Token);
        try
        {
            await foreach (SyncProgress report in reports.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await TellAsync(server, token, report, cancellationToken).ConfigureAwait(false);
            }

            await ready.ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadyAsync(PassageSync sync, ChannelWriter<SyncProgress> reports, CancellationToken cancellationToken)
    {
        try
        {
            await sync.ReadyAsync(new ChannelProgress(reports), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            reports.Complete();
        }
    }

    private static async Task TellAsync(McpServer server, ProgressToken? token, SyncProgress report, CancellationToken cancellationToken)
    {
        if (report.Error is { } error)
        {
            throw new McpException($"The documents could not be indexed. {error.Message} It is tried again by itself; call again later.", error);
        }

        if (token is { } value)
        {
            ProgressNotificationValue progress = new() { Progress = report.Sources, Total = report.TotalSources, Message = report.ToString() };
            await server.NotifyProgressAsync(value, progress, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps the last report until it is sent: the thread that synchronises waits for no client.</summary>
    private sealed class ChannelProgress(ChannelWriter<SyncProgress> reports) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => reports.TryWrite(value);
    }
}
