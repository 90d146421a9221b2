using LocalRetrieval.Static.Loading;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Static;

public sealed partial class StaticEmbeddingGenerator
{
    /// <summary>
    /// Loads a static model from a folder in model2vec's layout (config.json, tokenizer.json, model.safetensors with <c>embeddings</c> and, where
    /// it has them, <c>weights</c> and <c>mapping</c>) or in that of sentence-transformers (modules.json with StaticEmbedding, at the root or in a
    /// folder of its own). Vectors may be float32, float16, bfloat16, float64 or int8.
    /// </summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The generator, ready to use.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for windows that overlap wholly, or name more dimensions than the model has.</exception>
    public static StaticEmbeddingGenerator Load(string modelPath, StaticEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        StaticModelFolder folder = StaticModelFolder.Find(modelPath) ?? throw new InvalidDataException(
            $"{Path.GetFullPath(modelPath)} does not hold a static model: config.json's model_type is not 'model2vec', and the first module of modules.json is not sentence-transformers' StaticEmbedding. " +
            (OtherKind.Guess(ModelFolder.Open(modelPath), ModelKind.Static) ?? "Load another kind of encoder with LocalRetrieval.Onnx."));
        return Load(folder, options ?? new StaticEmbeddingGeneratorOptions(), loggerFactory);
    }

    /// <summary>Loads a static model on the thread pool; see <see cref="Load(string, StaticEmbeddingGeneratorOptions?, ILoggerFactory?)"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<StaticEmbeddingGenerator> LoadAsync(
        string modelPath, StaticEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(modelPath, options, loggerFactory), cancellationToken);

    internal static StaticEmbeddingGenerator Load(StaticModelFolder folder, StaticEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        if (options.GraphFile is not null || options.Pooling is not (null or PoolingMode.Mean))
        {
            string option = options.GraphFile is not null ? $"GraphFile to {options.GraphFile}" : $"Pooling to {options.Pooling}";
            throw new InvalidDataException($"The options set {option}, but {folder.Files.Path} holds a static model, which has no graph and whose vectors are means. Leave it out.");
        }

        return new(folder, StaticModelReader.Read(folder, options), options.ModelId ?? folder.Files.Name, options, loggerFactory);
    }
}
