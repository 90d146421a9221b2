using System.Text;
using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.DependencyInjection;

public sealed class DocumentReadersServiceCollectionExtensionsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddDocumentReader_OwnReader_IsAskedFirstWhateverTheOrder(bool first)
    {
        IServiceCollection services = Services();
        services = first ? services.AddDocumentReader<OwnReader>().AddDocumentReaders() : services.AddDocumentReaders().AddDocumentReader<OwnReader>();
        using ServiceProvider provider = services.AddPassageIndexer().BuildServiceProvider();

        Assert.Equal("own", (await IndexOneAsync(provider, "a.md")).Text);
        Assert.Equal("text", (await IndexOneAsync(provider, "a.txt")).Text);
        Assert.Equal("own", provider.GetRequiredService<DocumentReaders>().Formats[0].Name);
    }

    [Fact]
    public async Task AddPassageIndexer_WithoutReaders_HasTheDefaultOnes()
    {
        using ServiceProvider provider = Services().AddPassageIndexer().BuildServiceProvider();

        Assert.Equal("Head", (await IndexOneAsync(provider, "a.md", "# Head\n\ntext")).HeadingPath);
    }

    [Fact]
    public async Task AddPassageIndexer_ReadersOfItsOptions_ComeBeforeTheRegisteredOnes()
    {
        using ServiceProvider provider = Services().AddDocumentReader<OwnReader>()
            .AddPassageIndexer(options => options.Readers = new DocumentReaders([new NamedReader("other", [".md"])])).BuildServiceProvider();

        Assert.Equal("other", (await IndexOneAsync(provider, "a.md")).Text);
    }

    [Fact]
    public void AddPassageIndexer_ReadingOfAConfiguration_IsBound()
    {
        PassageIndexerOptions options = Bind(
            new() { ["Reading:MaxBytes"] = "5000000000", ["Reading:MaxDuration"] = "00:00:07", ["Reading:Encoding"] = "windows-1251", ["Reading:MaxParts"] = "9" });

        Assert.Equal((5_000_000_000, TimeSpan.FromSeconds(7), 9), (options.Reading.MaxBytes, options.Reading.MaxDuration, options.Reading.MaxParts));
        Assert.Equal("windows-1251", options.Reading.Encoding!.WebName);
    }

    [Theory]
    [InlineData("Reading:Encoding", "klingon", "expected an encoding's name")]
    [InlineData("Reading:MaxBytes", "many", "expected a whole number")]
    [InlineData("Reading:MaxByte", "1", "MaxBytes")]
    [InlineData("Readers", "a", "Readers")]
    public void AddPassageIndexer_ConfigurationThatCannotBe_IsRefused(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<OptionsValidationException>(() => Bind(new() { [key] = value })).Message, StringComparison.Ordinal);

    private static PassageIndexerOptions Bind(Dictionary<string, string?> values)
    {
        PassageIndexerOptions? bound = null;
        IConfiguration section = new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Indexer:{value.Key}", value.Value))).Build().GetSection("Indexer");
        using ServiceProvider provider = Services().AddPassageIndexer(section, options => bound = options).BuildServiceProvider();
        provider.GetRequiredService<PassageIndexer>();
        return bound!;
    }

    private static async Task<Passage> IndexOneAsync(ServiceProvider provider, string source, string text = "text")
    {
        PassageIndexer indexer = provider.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(provider.GetRequiredService<VectorStore>(), "docs");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        IndexingResult result = await indexer.IndexAsync(collection, [SourceDocument.FromStream(source, _ => Task.FromResult<Stream>(new MemoryStream(bytes)))]);
        result.ThrowIfFailed();
        return await collection.GetAsync(passage => passage.Source == source, 1).SingleAsync();
    }

    private static ServiceCollection Services()
    {
        ServiceCollection services = new();
        services.AddLocalVectorStore();
        services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new FakeEmbeddingGenerator());
        return services;
    }

    private sealed class OwnReader : TextDocumentReader
    {
        public override ReaderFormat Format { get; } = new() { Name = "own", Extensions = [".md"] };

        protected override DocumentContent ReadText(string text, DocumentContext context, CancellationToken cancellationToken) =>
            new() { Text = "own", Sections = [new DocumentSection { Blocks = [new DocumentBlock { Offset = 0, Length = 3 }] }] };
    }
}
