using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.LateInteraction;

/// <summary>Registers a local reranker by late interaction.</summary>
internal static class LateInteractionRerankerRegistration
{
    private static readonly ModelRegistration<ITextReranker, LocalLateInteractionRerankerOptions> Registration = new()
    {
        Kind = "LateInteractionReranker",
        Create = new LocalReranker<LocalLateInteractionRerankerOptions>
        {
            Load = static (folder, options, loggerFactory) => OnnxLateInteractionReranker.Load(folder, new OnnxMultiVectorEmbeddingGeneratorOptions(options), loggerFactory),
            ModelTypes = [typeof(OnnxLateInteractionReranker), typeof(OnnxMultiVectorEmbeddingGenerator)],
        }.Create,
        WarmUp = LocalReranker<LocalLateInteractionRerankerOptions>.WarmUpAsync,
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, IConfiguration? section, Action<LocalLateInteractionRerankerOptions>? configure) =>
        Registration.AddTo(services, serviceKey, section, configure);
}
