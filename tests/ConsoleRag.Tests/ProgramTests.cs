using System.Text.RegularExpressions;

namespace ConsoleRag.Tests;

/// <summary>What a user of the command line sees, from outside.</summary>
public partial class ProgramTests
{
    private static readonly ConsoleProgram Sample = new("ConsoleRag");

    [Theory]
    [InlineData("is blank", "--question", "")]
    [InlineData("is blank", "--question", " \t")]
    [InlineData("there is none at '/no/such/folder'", "--docs", "/no/such/folder", "--question", "a?")]
    [InlineData("there is none at ''", "--docs", "")]
    [InlineData("must be at least 1", "--top", "0")]
    [InlineData("takes a file in a folder that exists", "--report", "/no/such/folder/a.html")]
    [InlineData("takes a file, and '/tmp' is a folder", "--report", "/tmp")]
    [InlineData("is blank", "--report", "")]
    [InlineData("Cannot parse argument 'abc'", "--top", "abc")]
    [InlineData("Cannot parse argument '9999999999'", "--candidates", "9999999999")]
    public async Task Main_OptionThatCannotBe_IsAUsageError(string expected, params string[] arguments)
    {
        ConsoleResult result = await Sample.RunAsync(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(arguments[0], result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_FileAsDocs_AsksForTheFolder()
    {
        using TemporaryFolder folder = new("a.md");

        ConsoleResult result = await Sample.RunAsync("--docs", Path.Combine(folder.Path, "a.md"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("a.md' is a file; give the folder that holds it", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_FolderWithoutDocuments_NamesWhatItHas()
    {
        using TemporaryFolder folder = new("a.png");

        ConsoleResult result = await Sample.RunAsync("--docs", folder.Path, "--question", "a?");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Skipped 1 (no reader for .png): a.png", result.Error, StringComparison.Ordinal);
        Assert.Contains($"None of the 1 files of '{folder.Path}' gave anything to search.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_Question_AnswersWithNumberedSourcesInPlainText()
    {
        using TemporaryFolder folder = new("a.md", "b.png");
        folder.Write("grün.md", "# Tea\n\nGreen tea 茶 is steeped at \u001b[31m70 degrees.");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "broken.txt"), [0x63, 0xC3, 0xA9, 0xE9, 0x0A]);

        ConsoleResult result = await Sample.RunAsync("--docs", folder.Path, "--question", "How hot is green tea 茶?");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Skipped 1 (no reader for .png): b.png", result.Error, StringComparison.Ordinal);
        Assert.Contains("Loading the embedding model …", result.Error, StringComparison.Ordinal);
        Assert.Contains("'broken.txt' is ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "2 documents indexed, 1 failed, 1 skipped; passages: 2 embedded, 0 moved, 0 unchanged, 0 deleted, 0 rebuilt (", result.Output, StringComparison.Ordinal);
        Assert.Contains("Green tea 茶 is steeped at [31m70 degrees.” [1]", result.Output, StringComparison.Ordinal);
        Assert.Contains("  [1] grün.md > Tea", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public async Task Main_Explain_SaysWhatEachStageGaveAndWhyADocumentIsNotThere()
    {
        using TemporaryFolder folder = new();
        folder.Write("tea.md", "# Tea\n\nGreen tea is steeped at 70 degrees.");
        folder.Write("pump.md", "# Pumps\n\nA pump is primed with water.");
        folder.Write("filter.md", "# Filters\n\nA filter is changed in May.");

        ConsoleResult result = await Sample.RunAsync("--docs", folder.Path, "--question", "How hot is green tea?", "--top", "1", "--explain", "pump.md");
        ConsoleResult unknown = await Sample.RunAsync("--docs", folder.Path, "--question", "How hot is green tea?", "--no-rerank", "--explain", "none.md");

        Assert.Equal((0, 0), (result.ExitCode, unknown.ExitCode));
        Assert.Matches(@"│ 1 +│ tea\.md > Tea +│ vector 0\.\d\d \(1\) \+\d", result.Output);
        Assert.Matches(@"reranker -?\d+\.\d\d \(1\) \+\d", result.Output);
        Assert.Contains("green ", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"│ \d → – +│ pump\.md > Pumps", result.Output);
        Assert.Contains("not returned: its", result.Output, StringComparison.Ordinal);
        Assert.Contains("unknown: there is no", unknown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("reranker", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_Report_IsOnePageThatShowsDocumentsAsText()
    {
        using TemporaryFolder folder = new();
        folder.Write("tea.html.txt", "Green tea <script>alert(1)</script> is steeped at 70 degrees.");
        using TemporaryFolder reports = new();
        string file = Path.Combine(reports.Path, "report.html");

        ConsoleResult result = await Sample.RunAsync("--docs", folder.Path, "--question", "How hot is <b>green</b> tea?", "--report", file);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"The report is {file}.", result.Error, StringComparison.Ordinal);
        Assert.Contains("by vectors (cosine)", result.Output, StringComparison.Ordinal);
        string html = await File.ReadAllTextAsync(file);
        Assert.Contains("Green tea &lt;script&gt;alert(1)&lt;/script&gt; is steeped", html, StringComparison.Ordinal);
        Assert.Contains("How hot is &lt;b&gt;green&lt;/b&gt; tea?", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("What each stage gave", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_EveryCitationOfTheExample_HasASource()
    {
        ConsoleResult result = await Sample.RunAsync();

        Assert.Equal(0, result.ExitCode);
        string[] parts = result.Output[result.Output.IndexOf("No model wrote", StringComparison.Ordinal)..].Split("Sources cited");
        Assert.NotEmpty(MarkerRegex().Matches(parts[0]));
        Assert.Equal(
            MarkerRegex().Matches(parts[0]).Select(marker => marker.Value).Distinct().Order(),
            MarkerRegex().Matches(parts[1]).Select(marker => marker.Value));
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public async Task Main_DocsWithoutAQuestion_ListsThemAndSaysHowToAsk()
    {
        using TemporaryFolder folder = new([.. Enumerable.Range(10, 12).Select(number => $"{number}.md")]);

        ConsoleResult result = await Sample.RunAsync("--docs", folder.Path);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("  10.md\n  11.md\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("  19.md\n  … and 2 more\nAsk about them with --question \"…\", or without it on a terminal.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_AnswerBreaksOff_FailsAndListsTheSources()
    {
        using TemporaryFolder folder = new("a.md");
        using StubEndpoint endpoint = StubEndpoint.Streaming(StubEndpoint.Chunk("""{ "content": "It is [1] and [9]" }"""));

        ConsoleResult result = await Sample.RunAsync(endpoint.Address, "--docs", folder.Path, "--question", "a?", "--no-rerank");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("It is [1] and\n\nSources cited\n  [1] a.md", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"The chat endpoint {endpoint.Address} broke off before the end of its answer.\n", result.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Main_InterruptedWhileItLoads_Gives130()
    {
        // So many that it cannot be done before it is interrupted.
        using TemporaryFolder folder = new([.. Enumerable.Range(0, 2_000).Select(i => $"{i}.md")]);
        using ConsoleProcess process = Sample.Start(endpoint: null, "--docs", folder.Path, "--question", "a?");
        Assert.Equal("Loading the embedding model …", await process.ReadErrorLineAsync());

        process.Interrupt();

        Assert.Equal(130, (await process.CompleteAsync()).ExitCode);
    }

    [UnixFact]
    public async Task Main_InterruptedWhileTheEndpointIsSilent_Gives130()
    {
        using TemporaryFolder folder = new("a.md");
        using StubEndpoint endpoint = StubEndpoint.Silent();
        using ConsoleProcess process = Sample.Start(endpoint.Address, "--docs", folder.Path, "--question", "a?", "--no-rerank");
        await endpoint.Requested.Task;

        process.Interrupt();

        Assert.Equal(130, (await process.CompleteAsync()).ExitCode);
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex MarkerRegex();
}
