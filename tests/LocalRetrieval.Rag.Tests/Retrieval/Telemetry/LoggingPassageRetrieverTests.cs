using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Rag.Tests.Retrieval.Telemetry;

public sealed class LoggingPassageRetrieverTests : IDisposable
{
    private readonly LevelLoggerFactory _logs = new();
    private readonly RetrievedPassage<Note> _passage = new(new Note()) { Text = "the text", Source = "secret.md", Score = 1, Rank = 1 };

    [Theory]
    [InlineData(LogLevel.Trace, true)]
    [InlineData(LogLevel.Debug, false)]
    public async Task RetrieveAsync_Texts_AreLoggedAtTraceAlone(LogLevel least, bool hasTexts)
    {
        _logs.Least = least;
        RecordingRetriever inner = new((query, _, _) => Task.FromResult(new RetrievalResult<Note>(query, [_passage])
        {
            Notes = [new RetrievalNote { Stage = "stage", Text = "Said something." }],
        }));

        await inner.AsBuilder<Note>().UseLogging(_logs).Build().RetrieveAsync("private question", new RetrievalOptions<Note> { Filter = note => note.Body == "tenant" });

        string all = string.Join('\n', _logs.Messages.Select(message => message.Text));
        Assert.Contains("1 passages of 0 candidates. Notes: stage: Said something.", all, StringComparison.Ordinal);
        Assert.Equal(hasTexts, all.Contains("private question", StringComparison.Ordinal));
        Assert.Equal(hasTexts, all.Contains("secret.md", StringComparison.Ordinal));
        Assert.Equal(hasTexts, all.Contains("tenant", StringComparison.Ordinal));
        Assert.All(_logs.Messages, message => Assert.True(message.Level <= LogLevel.Debug));
    }

    [Fact]
    public async Task RetrieveAsync_Failure_IsAnError()
    {
        QueryRetriever inner = new() { Failure = new IOException("disk") };

        await Assert.ThrowsAsync<IOException>(() => inner.AsBuilder().UseLogging(_logs).Build().RetrieveAsync("a"));

        Assert.Contains((LogLevel.Error, "RetrieveAsync failed."), _logs.Messages);
    }

    [Fact]
    public async Task RetrieveAsync_Cancellation_IsNoError()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new QueryRetriever().AsBuilder().UseLogging(_logs).Build().RetrieveAsync("a", cancellationToken: new CancellationToken(canceled: true)));

        Assert.Contains((LogLevel.Debug, "RetrieveAsync cancelled."), _logs.Messages);
        Assert.DoesNotContain(_logs.Messages, message => message.Level > LogLevel.Debug);
    }

    [Fact]
    public void UseLogging_Factory_IsTheRegisteredOne()
    {
        QueryRetriever inner = new();

        Assert.IsType<LoggingPassageRetriever>(inner.AsBuilder().UseLogging().Build(new ServiceCollection().AddSingleton<ILoggerFactory>(_logs).BuildServiceProvider()));
        Assert.Same(inner, inner.AsBuilder().UseLogging(NullLoggerFactory.Instance).Build());
        Assert.Throws<InvalidOperationException>(() => inner.AsBuilder().UseLogging().Build());
    }

    public void Dispose() => _logs.Dispose();

    private sealed class LevelLoggerFactory : ILoggerFactory, ILogger
    {
        public LogLevel Least { get; set; }

        public List<(LogLevel Level, string Text)> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Messages.Add((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
