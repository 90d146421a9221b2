using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Reranking;

/// <summary>Registers a local reranker.</summary>
internal static class RerankerRegistration
{
    private static readonly ModelRegistration<ITextReranker, LocalRerankerOptions> Registration = new()
    {
        ServiceTypes = [typeof(ITextReranker)],
        Create = Create,
        WarmUp = static (reranker, cancellationToken) => reranker.RerankAsync("warm up", ["warm up"], cancellationToken: cancellationToken),
    };

    public static IServiceCollection Add(IServiceCollection services, object? serviceKey, Action<OptionsBuilder<LocalRerankerOptions>> configure) =>
        Registration.AddTo(services, serviceKey, configure);

    private static ITextReranker Create(LocalRerankerOptions options, IServiceProvider provider)
    {
        ILoggerFactory? loggerFactory = provider.GetService<ILoggerFactory>();
        LazyTextReranker reranker = new(() => Load(options, loggerFactory));
        return options.Wrap is null ? reranker : options.Wrap(reranker, provider) ?? throw new InvalidOperationException("LocalRerankerOptions.Wrap returned null.");
    }

    private static OnnxTextReranker Load(LocalRerankerOptions options, ILoggerFactory? loggerFactory)
    {
        if (options.ModelPath is { } path)
        {
            return OnnxTextReranker.Load(ModelPath.Resolve(path), options, loggerFactory);
        }

        options.ModelId ??= LocalModels.CrossEncoder.ModelId;
        return OnnxTextReranker.Load(LocalModels.CrossEncoder.Locate(), options, loggerFactory);
    }
}
