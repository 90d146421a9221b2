using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;

namespace LocalRetrieval.SemanticKernel.Tests;

/// <summary>A kernel with the embedded models over a few documents of a handbook.</summary>
public sealed class HandbookFixture : IAsyncLifetime
{
    public static IReadOnlyDictionary<string, string> Documents { get; } = new Dictionary<string, string>
    {
        ["leave.md"] = "# Leave\n\nEmployees have 28 days of paid leave a year. Unused leave is carried over until the end of March. "
            + "Who has worked here for ten years has two days more, and who has worked here for twenty years four. Leave is asked for in the calendar, two weeks before it begins, "
            + "and the head of the department agrees within three days. Whoever falls ill on leave sends a note from the doctor on the first day, and gets the days back.",
        ["travel.md"] = "# Travel\n\nTravel by train is booked in second class. A hotel may cost up to 140 euros a night.",
        ["security.md"] = "# Security\n\nA password has 16 characters at least. A lost laptop is reported to the service desk within an hour.",
        ["pumps.md"] = "# Pumps\n\nThe pump P-4711 is stopped by the red lever. It is oiled every 500 hours of work.",
        ["kitchen.md"] = "# Kitchen\n\nThe coffee machine is cleaned on Fridays. Milk is in the left refrigerator.",
    };

    public Kernel Kernel { get; } = CreateKernel();

    public IPassageRetriever<Passage> Retriever => Kernel.Services.GetRequiredService<IPassageRetriever<Passage>>();

    public async Task InitializeAsync()
    {
        PassageIndexer indexer = Kernel.Services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(
            Kernel.Services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName);
        (await indexer.IndexAsync(collection, Documents.Select(document => new SourceDocument(document.Key, document.Value)))).ThrowIfFailed();
    }

    public async Task DisposeAsync() => await ((ServiceProvider)Kernel.Services).DisposeAsync();

    private static Kernel CreateKernel()
    {
        IKernelBuilder builder = Kernel.CreateBuilder().AddLocalRetrieval();
        builder.Plugins.AddRetrieval();
        return builder.Build();
    }
}
