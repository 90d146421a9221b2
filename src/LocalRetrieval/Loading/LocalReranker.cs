using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Loading;

/// <summary>Makes the rerankers that registrations hand out.</summary>
/// <typeparam name="TOptions">Their options.</typeparam>
internal sealed class LocalReranker<TOptions>
    where TOptions : ILocalModelOptions<TextRerankerBuilder>
{
    /// <summary>Loads a model from a folder.</summary>
    public required Func<string, TOptions, ILoggerFactory?, ITextReranker> Load { get; init; }

    /// <summary>The classes that the model may be of, and the services that it gives beside itself.</summary>
    public required Type[] ModelTypes { get; init; }

    public ModelInstance<ITextReranker> Create(TOptions options, IServiceProvider provider)
    {
        ILoggerFactory? loggerFactory = provider.GetService<ILoggerFactory>();
        LazyTextReranker model = new(() => Load(LocalModelPath.Locate(options), options, loggerFactory), ModelTypes)
        {
            Outline = () => new TextRerankerMetadata(OnnxBackend.ProviderName, providerUri: null, LocalModelPath.ModelId(options)),
        };
        TextRerankerBuilder builder = new(model);
        options.Pipeline?.Invoke(builder);
        ITextReranker reranker = builder.Build(provider);
        model.Outline = null;
        return new ModelInstance<ITextReranker>(model, reranker);
    }

    public static Task WarmUpAsync(ITextReranker reranker, CancellationToken cancellationToken) =>
        reranker.RerankAsync("warm up", ["warm up"], cancellationToken: cancellationToken);
}
