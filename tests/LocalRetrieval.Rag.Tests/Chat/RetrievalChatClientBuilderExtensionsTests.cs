using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LocalRetrieval.Rag.Tests.Chat;

public sealed class RetrievalChatClientBuilderExtensionsTests
{
    private readonly FakeRetriever _retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md"));
    private readonly FakeRetriever _other = new(FakeRetriever.Passage("Boil pasta.", "food.md"));

    [Fact]
    public async Task UseRetrieval_GivenRetriever_AnswersFromIt()
    {
        using IChatClient client = ChatClients.Saying("So [1].").Object.AsBuilder().UseRetrieval(_retriever).Build(Services());

        ChatResponse response = await client.GetResponseAsync("How?");

        Assert.Equal("bike.md", Assert.Single(response.Messages[^1].GetCitedSources()).Passage.Source);
        Assert.Empty(_other.Queries);
    }

    [Theory]
    [InlineData(null, "food.md")]
    [InlineData("bikes", "bike.md")]
    public async Task UseRetrieval_NoRetriever_TakesTheRegisteredOne(string? key, string source)
    {
        using IChatClient client = ChatClients.Saying("So [1].").Object.AsBuilder().UseRetrieval(serviceKey: key).Build(Services());

        ChatResponse response = await client.GetResponseAsync("How?");

        Assert.Equal(source, Assert.Single(response.Messages[^1].GetCitedSources()).Passage.Source);
    }

    [Fact]
    public async Task UseRetrieval_OptionsChangedAfterwards_AreAsTheyWere()
    {
        Mock<IChatClient> inner = ChatClients.Saying("ok");
        RetrievalChatOptions options = new() { Instructions = "Cite." };
        ChatClientBuilder builder = inner.Object.AsBuilder().UseRetrieval(_retriever, options);
        options.Instructions = "Sing.";

        using IChatClient client = builder.Build();
        await client.GetResponseAsync("How?");

        Assert.StartsWith("Cite.", inner.Asked()[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void UseRetrieval_NoneRegistered_NamesWhatIsMissing()
    {
        ChatClientBuilder builder = ChatClients.Saying("ok").Object.AsBuilder().UseRetrieval();
        ChatClientBuilder keyed = ChatClients.Saying("ok").Object.AsBuilder().UseRetrieval(serviceKey: "wiki");
        using ServiceProvider services = Services();
        Mock<IServiceProvider> withoutKeys = new();

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => builder.Build());

        Assert.Contains("No IPassageRetriever is registered in the services", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("AddPassageRetriever", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("with the key 'wiki'", Assert.Throws<InvalidOperationException>(() => keyed.Build(services)).Message, StringComparison.Ordinal);
        Assert.Contains("with the key 'wiki'", Assert.Throws<InvalidOperationException>(() => keyed.Build(withoutKeys.Object)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseRetrieval_RetrieverAndKey_AreRefused()
    {
        ChatClientBuilder builder = ChatClients.Saying("ok").Object.AsBuilder();

        ArgumentException refusal = Assert.Throws<ArgumentException>("serviceKey", () => builder.UseRetrieval(_retriever, serviceKey: "wiki"));

        Assert.Contains("'wiki'", refusal.Message, StringComparison.Ordinal);
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddSingleton<IPassageRetriever>(_other)
        .AddKeyedSingleton<IPassageRetriever>("bikes", _retriever)
        .BuildServiceProvider();
}
