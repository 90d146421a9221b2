using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Rag.Tests.Synchronization;

public sealed class PassageSyncReportTests
{
    private readonly RecordingLogger _logger = new();

    [Fact]
    public void Add_SameFailureOfTheSameSource_WarnsWhenItChanges()
    {
        PassageSyncReport report = new(_logger, "docs");
        IOException error = new("'a.md' is locked.");

        report.Add(Failed(("a.md", "is locked", error)));
        report.Add(Failed(("a.md", "is locked", error)));
        report.Add(Failed(("a.md", "is locked", error), ("b.md", "is broken", error)));
        report.Add(Failed(("a.md", "is damaged", error)));
        report.Add(Failed());
        report.Add(Failed(("a.md", "is damaged", error)));

        Assert.Equal(
            ["Scope 'docs': 'a.md' is locked.", "Scope 'docs': 'b.md' is broken.", "Scope 'docs': 'a.md' is damaged.", "Scope 'docs': 'a.md' is damaged."],
            _logger.At(LogLevel.Warning));
        Assert.All(_logger.Entries, entry => Assert.Equal(entry.Level == LogLevel.Debug, entry.Exception is not null));
        Assert.Equal(4, _logger.At(LogLevel.Debug).Count());
    }

    [Fact]
    public void Add_SameErrorOfARun_WarnsOnceUntilOneEnds()
    {
        PassageSyncReport report = new(_logger, "docs");

        report.Add(new DirectoryNotFoundException("There is no folder."), TimeSpan.FromSeconds(5));
        report.Add(new DirectoryNotFoundException("There is no folder."), TimeSpan.FromSeconds(10));
        report.Add(Failed());
        report.Add(new DirectoryNotFoundException("There is no folder."), TimeSpan.FromSeconds(5));

        Assert.Equal(Enumerable.Repeat("Scope 'docs' was not synchronised; it is tried again in 5 seconds. There is no folder.", 2), _logger.At(LogLevel.Warning));
        Assert.DoesNotContain(_logger.Entries, entry => entry.Level >= LogLevel.Information && entry.Exception is not null);
        Assert.Equal(2, _logger.Entries.Count(entry => entry.Exception is DirectoryNotFoundException));
    }

    [Fact]
    public void Add_VeryManyFailures_CountsTheRest()
    {
        new PassageSyncReport(_logger, "docs").Add(Failed([.. Enumerable.Range(0, 25).Select(index => ($"{index}.md", "is locked", (Exception?)null))]));

        Assert.Equal((21, "Scope 'docs': 5 more failed; PassageSync.LastResult has them all."), (_logger.At(LogLevel.Warning).Count(), _logger.At(LogLevel.Warning).Last()));
    }

    [Fact]
    public void Add_SkippedSources_AreToldOnceForEachReason()
    {
        PassageSyncReport report = new(_logger, "docs");
        SyncEntry[] skipped =
        [
            Skipped("a.png", "is an image"), Skipped("b.html", "add the package LocalRetrieval.Documents.Html"), Skipped("c.png", "is an image"),
        ];

        report.Add(SyncResult.Of(skipped, rebuilt: 0));
        report.Add(SyncResult.Of(skipped[..1], rebuilt: 0));
        report.Add(SyncResult.Of(skipped, rebuilt: 0));

        string page = "Scope 'docs': 1 skipped, such as 'b.html': add the package LocalRetrieval.Documents.Html.";
        Assert.Equal(["Scope 'docs': 2 skipped, such as 'a.png': is an image.", page, page], _logger.At(LogLevel.Information).Where(message => message.Contains("such as", StringComparison.Ordinal)));
        Assert.Equal(3, _logger.At(LogLevel.Information).Count(message => message.Contains(" skipped, 0 failed", StringComparison.Ordinal)));
        Assert.Empty(_logger.At(LogLevel.Warning));

        static SyncEntry Skipped(string source, string reason) => new() { Source = source, Outcome = SyncOutcome.Skipped, Reason = reason };
    }

    [Theory]
    [InlineData(0.02, "0.02 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(5, "5 seconds")]
    [InlineData(80, "80 seconds")]
    [InlineData(160, "2.7 minutes")]
    [InlineData(600, "10 minutes")]
    public void Of_Time_IsSaidAsPeopleDo(double seconds, string expected) => Assert.Equal(expected, ReadableTime.Of(TimeSpan.FromSeconds(seconds)));

    private static SyncResult Failed(params (string Source, string Reason, Exception? Error)[] failures) => SyncResult.Of(
        failures.Select(failure => new SyncEntry { Source = failure.Source, Outcome = SyncOutcome.Failed, Reason = failure.Reason, Error = failure.Error }), rebuilt: 0);

    private sealed class RecordingLogger : ILogger
    {
        public List<(LogLevel Level, string Message, Exception? Exception)> Entries { get; } = [];

        public IEnumerable<string> At(LogLevel level) => Entries.Where(entry => entry.Level == level).Select(entry => entry.Message);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception), exception));
    }
}
