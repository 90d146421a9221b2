using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Tests.Documents;

/// <summary>Pages of site generators, which have their titles in front matter alone.</summary>
public sealed class FrontMatterRetrievalTests
{
    private static readonly SourceDocument[] Pages =
    [
        new("rotate.md", "---\ntitle: Rotating the signing key\ndescription: How to change keys without downtime\n---\n\nRun the command twice and wait five minutes in between.\n"),
        new("twice.md", "+++\ntitle = \"Printing labels\"\ndescription = \"How to print\"\n+++\n\nRun the printer once and wait until it is warm.\n"),
        new("x.md", "{\n  \"title\": \"Backups\",\n  \"description\": \"How to keep copies\"\n}\n\nRun the command nightly.\n"),
    ];

    [Theory]
    [InlineData("How do I rotate the signing key?", "rotate.md", "Rotating the signing key")]
    [InlineData("How do I print a label?", "twice.md", "Printing labels")]
    [InlineData("How are backups made?", "x.md", "Backups")]
    public async Task RetrieveAsync_QuestionForATitle_FindsItsPage(string question, string source, string title)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalRetrieval().BuildServiceProvider();
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(services.GetRequiredService<VectorStore>(), "passages");
        (await indexer.IndexAsync(collection, Pages)).ThrowIfFailed();

        RetrievalResult result = await services.GetRequiredService<IPassageRetriever>().RetrieveAsync(question);

        Assert.Equal(source, result.Passages[0].Source);
        Assert.StartsWith(title, result.Passages[0].HeadingPath, StringComparison.Ordinal);
    }
}
