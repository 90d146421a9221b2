using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Tools;

public sealed class ToolRetrieverTests : IDisposable
{
    private static readonly AITool[] Tools =
    [
        Tool("weather", "rain wind sun tomorrow"),
        Tool("mail", "send letter message"),
        Tool("music", "play song album"),
        Tool("travel", "train hotel flight"),
        Tool("bank", "money account balance"),
        Tool("door", "lock open entrance"),
    ];

    private readonly FakeEmbeddingGenerator _generator = new(dimensions: 512);

    public void Dispose() => _generator.Dispose();

    [Fact]
    public async Task RetrieveAsync_Query_GivesTheNearestFirst()
    {
        IReadOnlyList<RetrievedTool> found = await new ToolRetriever(_generator, options: new() { Top = 2 }).RetrieveAsync("lock the door entrance", Tools);

        Assert.Equal(["door", found[1].Tool.Name], found.Select(tool => tool.Tool.Name));
        Assert.Equal([1, 2], found.Select(tool => tool.Rank));
        Assert.True(found[0].Similarity > found[1].Similarity);
        Assert.Null(found[0].RerankerScore);
    }

    [Fact]
    public async Task RetrieveAsync_Roles_AreThoseOfQueryAndDocuments()
    {
        await new ToolRetriever(_generator).RetrieveAsync("rain", Tools);

        Assert.Equal(6, _generator.Embedded.Count(text => text.Role == EmbeddingInputTypes.Document));
        Assert.Equal(("rain", EmbeddingInputTypes.Query), Assert.Single(_generator.Embedded, text => text.Role != EmbeddingInputTypes.Document));
    }

    [Fact]
    public async Task RetrieveAsync_ConcurrentAndAgain_EmbedsEachToolOnce()
    {
        ToolRetriever retriever = new(_generator);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => retriever.RetrieveAsync($"rain {index}", index % 2 == 0 ? Tools : Tools[1..])));
        await retriever.RetrieveAsync("again", [Tool("weather", "rain wind sun tomorrow"), .. Tools[1..]]);

        string[] tools = [.. _generator.Embedded.Where(text => text.Role == EmbeddingInputTypes.Document).Select(text => text.Text)];
        Assert.Equal(tools.Distinct().Order(), tools.Order());
        Assert.Equal(6, tools.Length);
    }

    [Fact]
    public async Task RetrieveAsync_FirstCallFails_TheNextEmbeds()
    {
        ToolRetriever retriever = new(_generator);
        _generator.FailOn = "letter";
        await Assert.ThrowsAsync<IOException>(() => retriever.RetrieveAsync("rain", Tools));
        _generator.FailOn = null;

        Assert.Equal("weather", (await retriever.RetrieveAsync("rain wind", Tools))[0].Tool.Name);
    }

    [Fact]
    public async Task RetrieveAsync_Cancelled_EndsAndLeavesTheNextAlone()
    {
        ToolRetriever retriever = new(_generator);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retriever.RetrieveAsync("rain", Tools, new CancellationToken(canceled: true)));

        Assert.Equal("weather", (await retriever.RetrieveAsync("rain wind", Tools))[0].Tool.Name);
    }

    [Fact]
    public async Task RetrieveAsync_Reranker_MovesWhatItRead()
    {
        ScoringReranker reranker = new(text => text.StartsWith("bank", StringComparison.Ordinal) ? 9 : 0);
        ToolRetriever retriever = new(_generator, reranker, new() { Reranked = 6, VectorWeight = 0.1, RerankerWeight = 1 });

        IReadOnlyList<RetrievedTool> found = await retriever.RetrieveAsync("rain wind", Tools);

        Assert.Equal(("bank", 9.0), (found[0].Tool.Name, found[0].RerankerScore!.Value));
        Assert.Equal(6, reranker.Read);
        Assert.Equal("weather", (await new ToolRetriever(_generator, reranker, new() { Reranked = 1 }).RetrieveAsync("rain wind", Tools))[0].Tool.Name);
    }

    [Fact]
    public async Task RetrieveAsync_RerankerGivesTooFew_IsNamed()
    {
        ToolRetriever retriever = new(_generator, new ScoringReranker(_ => 1) { Drops = 1 });

        Assert.Contains("ScoringReranker gave 5 results for 6 tools", (await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("rain", Tools))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SelectAsync_Always_AreThereInTheirOrder()
    {
        ToolRetriever retriever = new(_generator, options: new() { Top = 1, Always = ["mail"] });
        HostedWebSearchTool hosted = new();

        IReadOnlyList<AITool> selected = await retriever.SelectAsync([new(ChatRole.User, "open the entrance")], [.. Tools, hosted]);

        Assert.Equal(["mail", "door", hosted.Name], selected.Select(tool => tool.Name));
    }

    [Fact]
    public async Task SelectAsync_CalledSinceTheQuestion_Stays()
    {
        ToolRetriever retriever = new(_generator, options: new() { Top = 1 });
        ChatMessage[] messages =
        [
            new(ChatRole.User, "play a song"),
            new(ChatRole.Assistant, [new FunctionCallContent("c0", "music")]),
            new(ChatRole.User, "open the entrance"),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "bank")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", 1)]),
        ];

        Assert.Equal(["bank", "door"], (await retriever.SelectAsync(messages, Tools)).Select(tool => tool.Name));
    }

    [Fact]
    public async Task SelectAsync_FollowUp_IsJoinedToTheQuestionBefore()
    {
        ToolRetriever retriever = new(_generator, options: new() { Top = 1 });
        ChatMessage[] messages = [new(ChatRole.User, "Will there be rain or wind?"), new(ChatRole.Assistant, "Yes."), new(ChatRole.User, "And then?")];

        Assert.Equal(["weather"], (await retriever.SelectAsync(messages, Tools)).Select(tool => tool.Name));
    }

    [Fact]
    public async Task SelectAsync_NothingAskedOrFewTools_HandsOnAllAndEmbedsNothing()
    {
        ToolRetriever retriever = new(_generator);

        Assert.Equal(Tools, await retriever.SelectAsync([], Tools));
        Assert.Equal(Tools, await retriever.SelectAsync([new(ChatRole.User, " ")], Tools));
        Assert.Equal(Tools[..5], await retriever.SelectAsync([new(ChatRole.User, "rain")], Tools[..5]));
        Assert.Empty(_generator.Embedded);
    }

    [Fact]
    public async Task SelectAsync_BadTools_AreNamed()
    {
        ToolRetriever retriever = new(_generator, options: new() { Always = ["letters"] });
        ChatMessage[] messages = [new(ChatRole.User, "rain")];

        Assert.Contains("names 'letters'", (await Assert.ThrowsAsync<ArgumentException>("tools", () => retriever.SelectAsync(messages, Tools))).Message, StringComparison.Ordinal);
        Assert.Contains("'mail'", (await Assert.ThrowsAsync<ArgumentException>("tools", () => retriever.SelectAsync(messages, [.. Tools, Tool("mail", "other")]))).Message, StringComparison.Ordinal);
        Assert.Contains("at 1 is null", (await Assert.ThrowsAsync<ArgumentException>("tools", () => retriever.RetrieveAsync("rain", [Tools[0], null!]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>("query", () => retriever.RetrieveAsync(" ", Tools));
    }

    [Fact]
    public async Task RetrieveAsync_OwnText_IsEmbedded()
    {
        ToolRetriever retriever = new(_generator, options: new() { Text = tool => tool.Name == "bank" ? "" : tool.Name });

        await retriever.RetrieveAsync("rain", Tools[..4]);
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => retriever.RetrieveAsync("rain", Tools));

        Assert.Contains(_generator.Embedded, text => text.Text == "mail");
        Assert.Contains("'bank' has no text", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetrieveAsync_NoFunctions_FindsNone()
    {
        Assert.Empty(await new ToolRetriever(_generator).RetrieveAsync("rain", []));
        Assert.Empty(await new ToolRetriever(_generator).RetrieveAsync("rain", [new HostedWebSearchTool()]));
    }

    [Fact]
    public void Options_BadValues_AreRefused()
    {
        ToolRetrieverOptions options = new();

        Assert.Throws<ArgumentOutOfRangeException>("Top", () => options.Top = 0);
        Assert.Throws<ArgumentOutOfRangeException>("Reranked", () => options.Reranked = 0);
        Assert.Throws<ArgumentOutOfRangeException>("VectorWeight", () => options.VectorWeight = -1);
        Assert.Throws<ArgumentOutOfRangeException>("RerankerWeight", () => options.RerankerWeight = double.NaN);
        Assert.Throws<ArgumentException>("Always", () => options.Always = ["a", " "]);
        Assert.Throws<ArgumentException>("Always", () => options.Always = null!);
    }

    private static AIFunctionDeclaration Tool(string name, string description) => AIFunctionFactory.CreateDeclaration(name, description, default);

    /// <summary>Scores texts by a function.</summary>
    private sealed class ScoringReranker(Func<string, float> score) : ITextReranker
    {
        public int Drops { get; init; }

        public int Read { get; private set; }

        public Task<RerankingResult> RerankAsync(string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
        {
            Read = documents.Count;
            return Task.FromResult(new RerankingResult([.. documents.Select((text, index) => new RerankedDocument(index, score(text))).OrderByDescending(document => document.Score).SkipLast(Drops)]));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
