using System.Collections.Concurrent;
using LocalRetrieval.ModelContextProtocol.Tests.Fakes;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol.Tests;

public sealed class IndexReadinessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("local-retrieval-mcp-");

    [Theory]
    [MemberData(nameof(ProtocolVersions.Both), MemberType = typeof(ProtocolVersions))]
    public async Task Search_WhileIndexing_WaitsAndTellsOfProgress(string version)
    {
        Write("a.md", "The pump is oiled every 500 hours.");
        Write("b.md", "Milk is in the left refrigerator.");
        GatedGenerator generator = new();
        await using ServerSession session = await StartAsync(generator, version);
        RecordedProgress progress = new();

        Task<CallToolResult> call = session.Client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "pump" }, progress).AsTask();
        await generator.Asked.Task.OrHang();
        await progress.First.Task.OrHang();
        Assert.False(call.IsCompleted);
        generator.Gate.SetResult();

        Assert.Equal(2, (await call.OrHang()).Structured().GetProperty("results").GetArrayLength());
        ProgressNotificationValue[] told = [.. progress.Reports];
        Assert.All(told, report => Assert.Equal(2, report.Total));

        // The client handles what it reads side by side: in which order is not said.
        Assert.Distinct(told.Select(report => report.Progress));
        Assert.All(told, report => Assert.InRange(report.Progress, 0, 2));
    }

    [Fact]
    public async Task Search_CancelledWhileIndexing_EndsTheWaitAndNotTheRun()
    {
        Write("a.md", "The pump is oiled every 500 hours.");
        GatedGenerator generator = new();
        await using ServerSession session = await StartAsync(generator);
        using CancellationTokenSource cancel = new();
        Task call = session.Client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "pump" }, cancellationToken: cancel.Token).AsTask();
        await generator.Asked.Task.OrHang();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.OrHang());
        generator.Gate.SetResult();

        Assert.Equal(1, (await session.CallAsync("search", ("query", "pump"))).Structured().GetProperty("results").GetArrayLength());
    }

    [Fact]
    public async Task Search_FolderCannotBeRead_SaysWhy()
    {
        _folder.Delete();
        await using ServerSession session = await StartAsync(new GatedGenerator());

        string error = (await session.CallAsync("search", ("query", "pump"))).Error();

        Assert.Contains("The documents could not be indexed.", error, StringComparison.Ordinal);
        Assert.Contains(_folder.FullName, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WrongArgumentsWhileIndexing_AreToldAtOnce()
    {
        Write("a.md", "The pump is oiled every 500 hours.");
        await using ServerSession session = await StartAsync(new GatedGenerator());

        Assert.Contains("'query'", (await session.CallAsync("search")).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_CancelledWhileTheQueryIsEmbedded_ReachesTheEncoder()
    {
        Write("a.md", "The pump is oiled every 500 hours.");
        GatedGenerator generator = new();
        generator.Gate.SetResult();
        await using ServerSession session = await StartAsync(generator);
        await session.CallAsync("search", ("query", "pump"));
        generator.Close();
        using CancellationTokenSource cancel = new();
        Task call = session.Client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "other" }, cancellationToken: cancel.Token).AsTask();
        await generator.Asked.Task.OrHang();

        await cancel.CancelAsync();

        await generator.Cancelled.Task.OrHang();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.OrHang());
    }

    public void Dispose()
    {
        _folder.Refresh();
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private Task<ServerSession> StartAsync(GatedGenerator generator, string? version = null) => ServerSession.StartAsync(
        services => services
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator)
            .AddLocalVectorStore()
            .AddDocumentReaders()
            .AddPassageIndexer()
            .AddPassageRetriever<string, Passage>("passages")
            .AddPassageSync("passages", options => (options.Folder, options.Watch) = (_folder.FullName, false)),
        builder => builder.WithRetrievalTools(),
        version);

    private sealed class RecordedProgress : IProgress<ProgressNotificationValue>
    {
        public ConcurrentQueue<ProgressNotificationValue> Reports { get; } = [];

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Report(ProgressNotificationValue value)
        {
            Reports.Enqueue(value);
            First.TrySetResult();
        }
    }
}
