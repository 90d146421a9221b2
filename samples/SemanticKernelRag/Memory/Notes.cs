using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;

namespace SemanticKernelRag.Memory;

/// <summary>Notes that are remembered: Semantic Kernel's text search store over the local vector store.</summary>
internal sealed class Notes : IDisposable
{
    private const int Recalled = 3;

    private readonly TextSearchStore<string> _store;
    private readonly TextSearchProvider _provider;
    private readonly ContextBuilder _contexts;

    private Notes(TextSearchStore<string> store, ContextBuilder contexts, int count)
    {
        _store = store;
        _contexts = contexts;
        Count = count;
        _provider = new TextSearchProvider(store, options: new TextSearchProviderOptions { Top = Recalled, ContextFormatter = Write });
    }

    /// <summary>Notes of a team that runs what the handbook is about.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "In March our checkout called the payment service again at once, up to five times; its retry storm made a short outage last an hour.",
        "Since April our checkout retries once, after a random wait, and only for calls that carry an idempotency key.",
        "The dashboards of the payment service are reviewed every Monday by the team on call.",
        "Certificates of the shop are renewed by a job that runs on the first of each month.",
    ];

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Remembers <paramref name="texts"/>.</summary>
    public static async Task<Notes> CreateAsync(IServiceProvider services, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        int dimensions = generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions!.Value;
        TextSearchStore<string> store = new(services.GetRequiredService<VectorStore>(), "notes", dimensions);
        Notes notes = new(store, new ContextBuilder(generator.GetRequiredService<ITokenCounter>()), texts.Count);
        await store.UpsertDocumentsAsync(texts.Select(ToDocument), cancellationToken: cancellationToken);
        return notes;
    }

    /// <summary>The notes that go with a question, as numbered sources.</summary>
    public async Task<string> RecallAsync(string question, CancellationToken cancellationToken) =>
        (await _provider.ModelInvokingAsync([new ChatMessage(ChatRole.User, question)], cancellationToken)).Instructions ?? "";

    public void Dispose() => _store.Dispose();

    private static TextSearchDocument ToDocument(string text, int index) =>
        new() { Text = text, SourceId = $"{index + 1}", SourceName = $"note {index + 1}", SourceLink = $"note:{index + 1}" };

    private string Write(List<TextSearchResult> found) => _contexts.Build([.. found.Select(ToPassage)]).Text;

    private static RetrievedPassage ToPassage(TextSearchResult found, int index) =>
        new() { Text = found.Value, Key = found.Link ?? "", Source = found.Name, Score = -index, Rank = index + 1 };
}
