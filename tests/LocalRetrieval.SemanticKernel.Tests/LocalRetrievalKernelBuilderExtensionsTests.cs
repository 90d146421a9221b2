using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;

namespace LocalRetrieval.SemanticKernel.Tests;

public sealed class LocalRetrievalKernelBuilderExtensionsTests
{
    private static readonly Type[] Parts =
        [typeof(IEmbeddingGenerator<string, Embedding<float>>), typeof(ITextReranker), typeof(VectorStore), typeof(PassageIndexer), typeof(IPassageRetriever), typeof(IPassageRetriever<Passage>)];

    [Theory]
    [InlineData(null)]
    [InlineData("docs")]
    public async Task AddLocalRetrieval_Kernel_HasEveryPart(string? serviceId)
    {
        Kernel kernel = Kernel.CreateBuilder().AddLocalRetrieval(serviceId).Build();
        await using ServiceProvider services = (ServiceProvider)kernel.Services;

        Assert.All(Parts, part => Assert.NotNull(services.GetRequiredKeyedService(part, serviceId)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("docs")]
    public async Task AddParts_OneByOne_AreTheSame(string? serviceId)
    {
        Kernel kernel = Kernel.CreateBuilder()
            .AddLocalEmbeddings(options => options.MaxTokens = 128, serviceId)
            .AddLocalReranker(serviceId: serviceId)
            .AddLocalVectorStore(serviceId: serviceId)
            .AddPassageIndexer(serviceId: serviceId)
            .AddPassageRetriever<string, Passage>("docs", options => options.Top = 3, serviceId)
            .Build();
        await using ServiceProvider services = (ServiceProvider)kernel.Services;

        Assert.All(Parts, part => Assert.NotNull(services.GetRequiredKeyedService(part, serviceId)));
        Assert.Equal(128, services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(serviceId).GetRequiredService<EncoderInfo>().MaxTokens);
    }
}
