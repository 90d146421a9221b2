using LocalRetrieval.Rag.Tests.Fakes;

namespace LocalRetrieval.Rag.Tests.Retrieval.Queries;

public sealed class MultiQueryTests
{
    private readonly QueryRetriever _inner = new();

    [Fact]
    public async Task RetrieveAsync_Answer_IsSearchedBesideTheQuery()
    {
        AnsweringChatClient chat = new("1. grease a chain\n2. Oil The Chain\n3. grease a chain\n4. chain lubrication\n5. chain care");

        RetrievalResult result = await _inner.AsBuilder().UseMultiQuery(2, chat).Build().RetrieveAsync("oil the chain", new RetrievalOptions { Queries = ["own"], Top = 2 });

        Assert.Equal(["oil the chain"], _inner.Queries);
        Assert.Equal(["own", "grease a chain", "chain lubrication"], _inner.Options[0]!.Queries!);
        Assert.Equal(2, _inner.Options[0]!.Top);
        Assert.Equal([new RetrievalNote { Stage = RetrievalStage.MultiQuery, Text = "The query was worded in 2 other ways." }], result.Notes!);
        Assert.Equal("oil the chain", chat.Asked[0][1].Text);
    }

    [Theory]
    [InlineData("oil the chain", "gave no other question")]
    [InlineData("", "gave an empty answer")]
    public async Task RetrieveAsync_NothingNew_SearchesThePlainQuery(string answer, string reason)
    {
        RetrievalResult result = await _inner.AsBuilder().UseMultiQuery(chatClient: new AnsweringChatClient(answer)).Build().RetrieveAsync("oil the chain");

        Assert.Null(_inner.Options[0]);
        Assert.Equal(
            [new RetrievalNote { Stage = RetrievalStage.MultiQuery, Text = $"The chat client {reason}: the query is searched as it was asked.", IsFailure = true }],
            result.Notes!);
    }

    [Fact]
    public async Task RetrieveAsync_AfterRewriting_WordsTheRewrittenQuery()
    {
        AnsweringChatClient chat = new((messages, _) => Task.FromResult(messages[1].Text.StartsWith("Conversation", StringComparison.Ordinal) ? "oil the chain" : "grease it"));

        RetrievalResult result = await _inner.AsBuilder().UseQueryRewriting(chat).UseMultiQuery(1, chat).UseHypotheticalDocument(chat).Build()
            .RetrieveAsync("And that?", new RetrievalOptions { Conversation = [new(Microsoft.Extensions.AI.ChatRole.User, "Chains?")] });

        Assert.Equal(("And that?", "oil the chain"), (result.Query, result.SearchQuery));
        Assert.Equal(["oil the chain", "oil the chain"], chat.Asked.Skip(1).Select(messages => messages[1].Text));
        Assert.Equal([RetrievalStage.QueryRewriting, RetrievalStage.MultiQuery, RetrievalStage.HypotheticalDocument], result.Notes!.Select(note => note.Stage));
        Assert.Equal(["grease it"], _inner.Options[0]!.Queries!);
        Assert.Equal(["grease it"], _inner.Options[0]!.HypotheticalDocuments!);
    }

    [Fact]
    public async Task UseHypotheticalDocument_Answer_IsCutAndHandedOn()
    {
        AnsweringChatClient chat = new("<think>hm</think>Oil it after rain.\nWipe it.");

        RetrievalResult result = await _inner.AsBuilder().UseHypotheticalDocument(chat, options => options.MaxDocumentLength = 20).Build().RetrieveAsync("oil the chain");

        Assert.Equal(["Oil it after rain.\nW"], _inner.Options[0]!.HypotheticalDocuments!);
        Assert.False(Assert.Single(result.Notes!).IsFailure);
    }

    [Fact]
    public async Task UseHypotheticalDocument_ClientThrows_SearchesThePlainQuery()
    {
        RetrievalResult result = await _inner.AsBuilder().UseHypotheticalDocument(new AnsweringChatClient(new IOException())).Build().RetrieveAsync("oil the chain");

        Assert.Null(_inner.Options[0]);
        Assert.True(Assert.Single(result.Notes!).IsFailure);
    }

    [Fact]
    public void Build_NoClient_IsRefusedWithTheFix()
    {
        PassageRetrieverBuilder builder = _inner.AsBuilder().UseMultiQuery();

        Assert.Contains("AddChatClient", Assert.Throws<InvalidOperationException>(() => builder.Build()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => _inner.AsBuilder().UseHypotheticalDocument().Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => _inner.AsBuilder().UseMultiQuery(11));
    }
}
