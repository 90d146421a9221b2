using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.AgentFramework.Tests.Tools;

/// <summary>What bench/results/tools.md says of the embedded bi-encoder holds.</summary>
public sealed class ToolRecallTests
{
    [Theory]
    [InlineData(5, 0.65)]
    [InlineData(10, 0.77)]
    [InlineData(20, 0.83)]
    public async Task RetrieveAsync_EmbeddedModel_HasTheRightToolAmongTheFirst(int top, double least)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().BuildServiceProvider();
        ToolSet set = ToolSet.Read(Checkout.Path("tests", "LocalRetrieval.AgentFramework.Tests", "Tools", "Data"));
        ToolRetriever retriever = new(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(), options: new ToolRetrieverOptions { Top = top });

        double recall = await set.RecallAsync(retriever);

        Assert.True(set.Tools.Count >= 100 && set.Questions.Count >= 50);
        Assert.True(recall >= least, $"recall@{top} is {recall:0.000}, below {least}");
    }
}
