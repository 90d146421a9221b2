using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

public sealed partial class OnnxEmbeddingGenerator
{
    /// <summary>Loads a bi-encoder from a folder in hub layout: config.json, tokenizer.json, modules.json and the graph.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once, and that the graph's own pooling is used where a module of the folder cannot be applied; null logs nothing.</param>
    /// <returns>The generator, ready to use. Dispose it to free the native memory.</returns>
    /// <remarks>
    /// Where modules.json is missing, or names a module that is not supported, and the graph has an output <c>sentence_embedding</c>, that output is used
    /// as it is.
    /// </remarks>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions, for windows that overlap wholly, or for more dimensions than it has.</exception>
    public static OnnxEmbeddingGenerator Load(string modelPath, OnnxEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        ModelFolder folder = ModelFolder.Open(modelPath);
        return OtherKind.Load(folder, ModelKind.BiEncoder, () => LoadFrom(folder, options ?? new OnnxEmbeddingGeneratorOptions(), loggerFactory));
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

    [LoggerMessage(Level = LogLevel.Information, Message = "{ModelId}: the graph's own sentence_embedding is used as it is, since {Reason}")]
    private static partial void LogGraphPools(ILogger logger, string modelId, string reason);

    // Modules that are not supported are no obstacle where the graph pools by itself.
    private static SentenceModules? ReadModules(ModelFolder folder, OnnxEmbeddingGeneratorOptions options, out InvalidDataException? refusal)
    {
        refusal = null;
        try
        {
            return SentenceModules.Read(folder, options.Pooling);
        }
        catch (InvalidDataException exception) when (UnsupportedModule.Is(exception))
        {
            refusal = exception;
            return null;
        }
    }

    private static OnnxEmbeddingGenerator LoadFrom(ModelFolder folder, OnnxEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "feature-extraction");
        files.Sentence.RefuseLengthsByRole();
        ModelPrompts prompts = ModelPrompts.Read(folder);
        SentenceModules? modules = ReadModules(folder, options, out InvalidDataException? refusal);
        OutputKind[] outputs = modules is null ? [OutputKind.SentenceEmbedding] : [OutputKind.HiddenStates, OutputKind.SentenceEmbedding];
        OnnxEncoder encoder = OnnxEncoder.Load(folder.GraphPath(options.GraphFile), OnnxEncoderSettings.Of(files, options, outputs) with { MissingOutput = refusal });
        try
        {
            if (encoder.OutputKind == OutputKind.SentenceEmbedding)
            {
                if (refusal is not null && folder.Modules is not null)
                {
                    ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxEmbeddingGenerator>();
                    LogGraphPools(logger, files.ModelId, refusal.Message);
                }

                modules = SentenceModules.OfGraph(folder.Modules is null ? null : modules, options, encoder.GraphPath);
            }
            else
            {
                modules = modules!.With(options);
            }

            return new OnnxEmbeddingGenerator(encoder, folder, files, modules, prompts, options, loggerFactory);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }
}
