namespace SemanticKernelRag.Tests;

/// <summary>What a user of the command line sees, from outside.</summary>
public class ProgramTests
{
    private static readonly ConsoleProgram Sample = new("SemanticKernelRag");

    [Theory]
    [InlineData("is blank", "--question", "")]
    [InlineData("there is none at '/no/such/folder'", "--docs", "/no/such/folder")]
    [InlineData("Argument 'magic' not recognized", "--way", "magic")]
    [InlineData("must be at least 1", "--timeout", "0")]
    public async Task Main_OptionThatCannotBe_IsAUsageError(string expected, params string[] arguments)
    {
        ConsoleResult result = await Sample.RunAsync(arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_NothingSaid_AnswersTheExampleInAllWaysWithSources()
    {
        ConsoleResult result = await Sample.RunAsync();

        Assert.Equal(0, result.ExitCode);
        string[] answers = result.Output.Split("Question: ")[1..];
        Assert.Equal(3, answers.Length);
        Assert.Contains("\n→ Retrieval.search(query: Why can a retry make an outage worse, and what keeps it from doing so?, top: 3)\n  [1] load-balancing-and-retries.md", answers[0], StringComparison.Ordinal);
        Assert.Contains("\n→ Retrieval.search(query: Why can a retry make an outage worse, and what keeps it from doing so?, top: 3)\n  [1] load-balancing-and-retries.md", answers[1], StringComparison.Ordinal);
        Assert.Contains("\n→ TextSearchProvider\n  [1] note ", answers[2], StringComparison.Ordinal);
        Assert.All(answers, answer => Assert.Matches(@"” \[1\][\s\S]*\n\nSources cited\n  \[1\] ", answer));
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public async Task Main_DocsAndNote_AnswersFromThem()
    {
        using TemporaryFolder folder = new("a.md");

        ConsoleResult result = await Sample.RunAsync("--docs", folder.Path, "--note", "We steep tea at 75 degrees.", "--question", "How hot is tea steeped?", "--way", "functions", "memory");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("steeped at 70 degrees.” [1]\n\nSources cited\n  [1] a.md", result.Output, StringComparison.Ordinal);
        Assert.Contains("“We steep tea at 75 degrees.” [1]\n\nSources cited\n  [1] note 1", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The memory is empty: add --note \"…\".", "--question", "a?", "--way", "memory")]
    [InlineData("--docs needs a question about the documents: add --question \"…\".")]
    public async Task Main_DocsWithoutWhatTheyNeed_SaysWhatToAdd(string expected, params string[] arguments)
    {
        using TemporaryFolder folder = new("a.md");

        ConsoleResult result = await Sample.RunAsync(["--docs", folder.Path, .. arguments]);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith($"{expected}\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_EndpointCallsAndAnswers_ShowsBoth()
    {
        using TemporaryFolder folder = new("a.md");
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call("Retrieval-search", """{"query":"tea","top":2}"""), StubEndpoint.Answer("At 70 degrees [1]."));

        ConsoleResult result = await Sample.RunAsync(endpoint.Address, "--docs", folder.Path, "--question", "How hot?", "--way", "functions");

        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("Question: How hot?\n→ Retrieval.search(query: tea, top: 2)\n  [1] a.md\n\nAt 70 degrees [1].\n\nSources cited\n  [1] a.md\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_EndpointFails_TellsThePersonAndTheDeveloper()
    {
        using TemporaryFolder folder = new("a.md");
        using StubEndpoint endpoint = StubEndpoint.Answering("{}", 500);

        ConsoleResult result = await Sample.RunAsync(endpoint.Address, "--docs", folder.Path, "--question", "How hot?", "--way", "functions");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("There is no answer at the moment: the chat model failed. Please ask again later.\n", result.Output, StringComparison.Ordinal);
        Assert.Contains($"The chat endpoint {endpoint.Address} answered 500 (InternalServerError).", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_AnswerBreaksOff_SaysSoBehindWhatHadCome()
    {
        using TemporaryFolder folder = new("a.md");
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(
            StubEndpoint.Call("Retrieval-search", """{"query":"tea"}"""), [StubEndpoint.Chunk("""{ "content": "At 70 [1]" }""")]);

        ConsoleResult result = await Sample.RunAsync(endpoint.Address, "--docs", folder.Path, "--question", "How hot?", "--way", "functions");

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith("\n\nAt 70 [1]\n\nSources cited\n  [1] a.md\nThe answer ends here, unfinished: the chat model failed. Please ask again later.\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"The chat endpoint {endpoint.Address} broke off before the end of its answer.\n", result.Error, StringComparison.Ordinal);
    }
}
