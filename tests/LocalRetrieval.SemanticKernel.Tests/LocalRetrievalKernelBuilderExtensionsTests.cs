using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
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
        Kernel kernel = Kernel.CreateBuilder().AddLocalRetrieval("handbook", serviceId).Build();
        await using ServiceProvider services = (ServiceProvider)kernel.Services;

        Assert.All(Parts, part => Assert.NotNull(services.GetRequiredKeyedService(part, serviceId)));
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredKeyedService<IPassageRetriever>(serviceId).RetrieveAsync("a"));
        Assert.Contains("'handbook' does not exist", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalRetrieval_Section_SetsTheParts()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("LocalRetrieval:Embeddings:MaxTokens", "128")]).Build();
        Kernel kernel = Kernel.CreateBuilder().AddLocalRetrieval(configuration.GetSection("LocalRetrieval"), "handbook", "docs").Build();
        await using ServiceProvider services = (ServiceProvider)kernel.Services;

        Assert.Equal(128, services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("docs").GetRequiredService<EncoderInfo>().MaxTokens);
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
