using LocalRetrieval.Onnx.Embeddings;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Loading;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

public sealed partial class OnnxEmbeddingGenerator
{
    /// <summary>Loads a bi-encoder from a folder in hub layout: config.json, tokenizer.json, modules.json and the graph.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The generator, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxEmbeddingGenerator Load(string modelPath, OnnxEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        options ??= new OnnxEmbeddingGeneratorOptions();
        ModelFolder folder = ModelFolder.Open(modelPath);
        EncoderFiles files = EncoderFiles.Read(folder, options);
        SentencePipeline pipeline = SentencePipeline.Read(folder, options);
        ModelPrompts prompts = ModelPrompts.Read(folder);
        OnnxEncoder encoder = OnnxEncoder.Load(
            folder.GraphPath, outputRank: 3, files.Config.Limit("hidden_size"), files.PadTokenId, options.Threads);
        try
        {
            return new OnnxEmbeddingGenerator(encoder, files, pipeline, prompts, options, loggerFactory);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Loads a bi-encoder on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<OnnxEmbeddingGenerator> LoadAsync(
        string modelPath, OnnxEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(modelPath, options, loggerFactory), cancellationToken);
}
