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
        Registration.AddTo(services, serviceKey, options =>
        {
            configure(options);
            options.PostConfigure(static options => options.ModelId ??= options.ModelPath is null ? LocalModels.CrossEncoder.ModelId : null);
        });

    private static ModelInstance<ITextReranker> Create(LocalRerankerOptions options, IServiceProvider provider)
    {
        ILoggerFactory? loggerFactory = provider.GetService<ILoggerFactory>();
        LazyTextReranker reranker = new(() => OnnxTextReranker.Load(
            options.ModelPath is { } path ? ModelPath.Resolve(path) : LocalModels.CrossEncoder.Locate(), new OnnxTextRerankerOptions(options), loggerFactory));
        return new ModelInstance<ITextReranker>(reranker, options.Wrap is null
            ? reranker
            : options.Wrap(reranker, provider) ?? throw new InvalidOperationException("LocalRerankerOptions.Wrap returned null."));
    }
}
