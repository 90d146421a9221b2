using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Reranking;

/// <summary>Registers a local reranker.</summary>
internal static class RerankerRegistration
{
    // Trained on pairs of 136 tokens, it tells less of longer ones, and takes longer to (bench/results/stages.md).
    private const int EmbeddedMaxTokens = 256;

    private static readonly ModelRegistration<ITextReranker, LocalRerankerOptions> Registration = new()
    {
        Create = new LocalReranker<LocalRerankerOptions>
        {
            Load = static (folder, options, loggerFactory) => OnnxTextReranker.Load(folder, Read(options), loggerFactory),
            ModelTypes = [typeof(OnnxTextReranker)],
        }.Create,
        WarmUp = LocalReranker<LocalRerankerOptions>.WarmUpAsync,
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalRerankerOptions>? configure) =>
        Registration.AddTo(services, serviceKey, section, configure);

    private static OnnxTextRerankerOptions Read(LocalRerankerOptions options) => new(options)
    {
        MaxTokens = options.MaxTokens ?? (options.ModelPath is null ? EmbeddedMaxTokens : null),
    };
}
