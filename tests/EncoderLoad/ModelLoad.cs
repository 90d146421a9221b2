using LocalRetrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace EncoderLoad;

/// <summary>Calls of three models at once.</summary>
internal sealed class ModelLoad(IServiceProvider services)
{
    private static readonly string[] Texts = ["Oil the chain every month.", "Boil the pasta.", "The shop opens at nine and closes at six, but for Sundays.", "A wheel."];

    private readonly IEmbeddingGenerator<string, Embedding<float>>[] _generators =
    [
        services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(),
        services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("second"),
    ];

    private readonly ITextReranker _reranker = services.GetRequiredService<ITextReranker>();

    /// <summary>Has callers at once call the models, and counts threads after each call, while the others go on.</summary>
    public async Task<ThreadCounts> RunAsync(int callers, int calls)
    {
        ThreadCounts counts = new();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (int call = 0; call < calls; call++)
            {
                await CallAsync(caller + call);
                counts.Count();
            }
        })));
        return counts;
    }

    private Task CallAsync(int number) => (number % 3) switch
    {
        2 => _reranker.RerankAsync("How is the chain oiled?", Texts),
        int generator => _generators[generator].GenerateAsync(Texts),
    };
}
