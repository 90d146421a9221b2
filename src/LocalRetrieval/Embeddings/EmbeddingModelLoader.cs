using LocalRetrieval.Onnx;
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
            ? StaticEmbeddingGenerator.Load(staticModel, StaticOptions(folder, options), loggerFactory)
            : OnnxEmbeddingGenerator.Load(folder, options, loggerFactory);

    private static StaticEmbeddingGeneratorOptions StaticOptions(string folder, LocalEmbeddingOptions options) => options.Pooling is null or PoolingMode.Mean
        ? new StaticEmbeddingGeneratorOptions
        {
            MaxTokens = options.MaxTokens,
            Normalize = options.Normalize,
            Threads = options.Threads,
            LoneSurrogates = options.LoneSurrogates,
            ModelId = options.ModelId,
        }
        : throw new InvalidDataException($"The options set Pooling to {options.Pooling}, but {folder} holds a static model, whose vectors are means. Leave Pooling out.");
}
