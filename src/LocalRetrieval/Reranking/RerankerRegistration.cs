using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Reranking;

/// <summary>Registers a local reranker.</summary>
internal static class RerankerRegistration
{
    private static readonly ModelRegistration<ITextReranker, LocalRerankerOptions> Registration = new()
    {
        Kind = "Reranker",
        Create = new LocalReranker<LocalRerankerOptions>
        {
            Load = static (folder, options, loggerFactory) => OnnxTextReranker.Load(folder, new OnnxTextRerankerOptions(options), loggerFactory),
            ModelTypes = [typeof(OnnxTextReranker)],
        }.Create,
        WarmUp = LocalReranker<LocalRerankerOptions>.WarmUpAsync,
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalRerankerOptions>? configure) =>
        Registration.AddTo(services, serviceKey, section, configure);
}
