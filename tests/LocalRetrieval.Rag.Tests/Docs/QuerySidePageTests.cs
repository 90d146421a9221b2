using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Docs;

/// <summary>The code of docs/retrieval.md on the query side compiles, and runs here; and what it says of languages and names holds.</summary>
public sealed class QuerySidePageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.Path("docs", "retrieval.md")).ReplaceLineEndings("\n");

    [Theory]
    [InlineData("pipeline")]
    [InlineData("request")]
    public void Page_Snippet_IsTheCompiledOne(string name)
    {
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Rag.Tests", "Docs", "QuerySidePageTests.cs")).ReplaceLineEndings("\n");
        string snippet = source.Split($"// snippet: {name}\n")[1].Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{snippet.Trim()}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipeline_Snippet_Runs()
    {
        using FakeEmbeddingGenerator generator = new();
        using LocalVectorStore store = new();
        AnsweringChatClient small = new((messages, _) => Task.FromResult(
            messages[0].Text.Contains("other ways", StringComparison.Ordinal) ? "German value-added tax" : "What is the VAT rate in Germany?"));
        ServiceCollection services = new();
        services.AddSingleton<ILoggerFactory>(new RecordingLoggerFactory());
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(generator);
        services.AddSingleton<VectorStore>(store);

        // snippet: pipeline
        services.AddMemoryCache();                               // for UseCaching
        services.AddPassageRetriever<string, Passage>("docs", options => options.Pipeline = pipeline => pipeline
            .UseOpenTelemetry()                                  // the outermost, so that all else is within
            .UseLogging()                                        // to the logging of the host, or of services.AddLogging()
            .UseQueryRewriting(small)                            // any IChatClient; none passed: the registered one, or without a model
            .UseCaching()                                        // conversations that come to the same question share a result
            .UseMultiQuery(3, small)
            .UseHypotheticalDocument(small));
        // end

        await using ServiceProvider provider = services.BuildServiceProvider();
        IPassageRetriever<Passage> retriever = provider.GetRequiredService<IPassageRetriever<Passage>>();
        await IndexAsync(store, generator);
        ChatMessage[] history = [new(ChatRole.User, "What is the VAT rate in France?"), new(ChatRole.Assistant, "20 %.")];

        await RequestAsync(retriever, history, "a");
        int asked = small.Asked.Count;
        RetrievalResult<Passage> kept = await RequestAsync(retriever, history, "a");
        int askedAgain = small.Asked.Count;
        RetrievalResult<Passage> others = await RequestAsync(retriever, history, "b");

        Assert.Equal("de.md", Assert.Single(kept.Passages).Source);
        Assert.Equal("fr.md", Assert.Single(others.Passages).Source);
        Assert.Equal("What is the VAT rate in Germany?", kept.SearchQuery);
        Assert.Contains(kept.Notes!, note => note.Stage == RetrievalStage.Cache);
        Assert.Equal(asked + 1, askedAgain);
    }

    [Fact]
    public void Page_Languages_AreThoseOfTheLists()
    {
        string listed = Page.Split("lists of words for ")[1].Split(';')[0];

        Assert.Equal(ConversationWords.Languages.Order(), listed.Replace(" and ", ", ", StringComparison.Ordinal).Split(", "));
    }

    [Theory]
    [InlineData(RagTelemetry.DefaultSourceName)]
    [InlineData(RagTelemetry.OperationName)]
    [InlineData(RagTelemetry.DataSourceId)]
    [InlineData(RagTelemetry.TopK)]
    [InlineData(RagTelemetry.QueryText)]
    [InlineData(RagTelemetry.Documents)]
    [InlineData(RagTelemetry.PassageCount)]
    [InlineData(RagTelemetry.CandidateCount)]
    [InlineData(RagTelemetry.FailedStages)]
    [InlineData(RagTelemetry.OperationDuration)]
    [InlineData(RagTelemetry.StageDuration)]
    [InlineData(RagTelemetry.StageCandidates)]
    public void Page_Telemetry_HasTheName(string name) => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal);

    private static async Task IndexAsync(LocalVectorStore store, FakeEmbeddingGenerator generator)
    {
        PassageIndexer indexer = new(generator);
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(store, "docs");
        await indexer.IndexAsync(collection, [new SourceDocument("de.md", "The VAT rate in Germany is 19 %."), new SourceDocument("fr.md", "The VAT rate in France is 20 %.")]);
        List<Passage> passages = await collection.GetAsync(_ => true, 10, new FilteredRecordRetrievalOptions<Passage> { IncludeVectors = true }).ToListAsync();
        passages.ForEach(passage => passage.Scope = passage.Source == "de.md" ? "a" : "b");
        await collection.UpsertAsync(passages);
    }

    private static async Task<RetrievalResult<Passage>> RequestAsync(IPassageRetriever<Passage> retriever, ChatMessage[] history, string tenant)
    {
        // snippet: request
        RetrievalResult<Passage> result = await retriever.RetrieveAsync("And in Germany?", new RetrievalOptions<Passage>
        {
            Conversation = history,                              // a chat client WithRetrieval sets it by itself
            Filter = passage => passage.Scope == tenant,
            CacheScope = tenant,                                 // with a filter, nothing is kept without it
        });
        Console.WriteLine($"{result.Query} → {result.SearchQuery}");
        foreach (RetrievalNote note in result.Notes ?? [])
        {
            Console.WriteLine($"{note.Stage}: {note.Text}");
        }
        // end

        return result;
    }
}
