using LocalRetrieval.AgentFramework.Tests.Fakes;
using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.TextSearch;

public sealed class PassageRetrieverTextSearchExtensionsTests
{
    [Fact]
    public async Task AsTextSearch_Provider_GivesPassagesToTheModel()
    {
        FakeRetriever retriever = new(FakeRetriever.Passage("Oil the chain [3].", "bike.md", "Care"));
        using ScriptedChatClient chat = new("So.");
        AIAgent agent = new ChatClientAgent(chat, new ChatClientAgentOptions { AIContextProviders = [new TextSearchProvider(retriever.AsTextSearch(new RetrievalOptions { Top = 3 }))] });

        await agent.RunAsync("How?");

        Assert.Contains("SourceDocName: bike.md > Care", chat.Asked[0][^1].Text, StringComparison.Ordinal);
        Assert.Contains("SourceDocLink: bike.md", chat.Asked[0][^1].Text, StringComparison.Ordinal);
        Assert.Contains("Contents: Oil the chain (3).", chat.Asked[0][^1].Text, StringComparison.Ordinal);
        Assert.Equal(3, retriever.LastOptions!.Top);
    }

    [Fact]
    public async Task AsTextSearch_OnDemand_AnswersTheFunction()
    {
        FakeRetriever retriever = new(FakeRetriever.Passage("Oil the chain."));
        TextSearchProvider provider = new(retriever.AsTextSearch(), new TextSearchProviderOptions { SearchTime = TextSearchProviderOptions.TextSearchBehavior.OnDemandFunctionCalling });
        AIContext context = await provider.InvokingAsync(new AIContextProvider.InvokingContext(new FakeAgent(), new FakeSession(), new AIContext()));

        object? result = await ((AIFunction)context.Tools!.Single()).InvokeAsync(new AIFunctionArguments { ["userQuestion"] = "How?" });

        Assert.Contains("Oil the chain.", result!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsTextSearch_Passage_IsTheRawRepresentation()
    {
        RetrievedPassage passage = FakeRetriever.Passage("Oil the chain.");
        Func<string, CancellationToken, Task<IEnumerable<TextSearchProvider.TextSearchResult>>> search = new FakeRetriever(passage).AsTextSearch();

        Assert.Same(passage, Assert.Single(await search("How?", CancellationToken.None)).RawRepresentation);
        Assert.Empty(await search(" ", CancellationToken.None));
    }

    [Fact]
    public async Task AsTextSearch_Failure_IsThrownToTheProvider()
    {
        Func<string, CancellationToken, Task<IEnumerable<TextSearchProvider.TextSearchResult>>> search = new FailingRetriever().AsTextSearch();
        Func<string, CancellationToken, Task<IEnumerable<TextSearchProvider.TextSearchResult>>> gone = new FakeRetriever { GivesNull = true }.AsTextSearch();

        Assert.Equal(FailingRetriever.Message, (await Assert.ThrowsAsync<InvalidOperationException>(() => search("How?", CancellationToken.None))).Message);
        Assert.Contains("gave null", (await Assert.ThrowsAsync<InvalidOperationException>(() => gone("How?", CancellationToken.None))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search("How?", new CancellationToken(canceled: true)));
    }
}
