using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Static;
using LocalRetrieval.Static.Loading;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Embeddings;

/// <summary>Loads a folder's model with the generator of its kind, which the folder's files tell.</summary>
internal static class EmbeddingModelLoader
{
    /// <exception cref="InvalidDataException">A file cannot be read, or the options ask for what the model's kind cannot do.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> Load(string folder, LocalEmbeddingOptions options, ILoggerFactory? loggerFactory) =>
        StaticModelFolder.Find(folder) is { } staticModel
            ? StaticEmbeddingGenerator.Load(staticModel, new StaticEmbeddingGeneratorOptions(options), loggerFactory)
            : OnnxEmbeddingGenerator.Load(folder, new OnnxEmbeddingGeneratorOptions(options), loggerFactory);

    /// <summary>What is known of the model before it is loaded: of an embedded one everything, of a folder its kind and name.</summary>
    public static EmbeddingGeneratorMetadata Outline(LocalEmbeddingOptions options)
    {
        LocalModel? embedded = ((ILocalModelOptions)options).EmbeddedModel;
        bool isStatic = embedded is null ? StaticModelFolder.Find(LocalModelPath.Locate(options)) is not null : embedded == LocalModels.Static;
        return new EmbeddingGeneratorMetadata(isStatic ? StaticBackend.ProviderName : OnnxBackend.ProviderName, providerUri: null, LocalModelPath.ModelId(options), embedded?.Dimensions);
    }
}
