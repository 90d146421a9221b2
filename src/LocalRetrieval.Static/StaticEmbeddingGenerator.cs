using LocalRetrieval.Static.Loading;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Static;

/// <summary>
/// A static model: text in, one vector a text out, the mean of its tokens' vectors as model2vec or sentence-transformers' StaticEmbedding
/// computes it. There is no neural network, so a vector costs microseconds, and word order does not count.
/// </summary>
/// <remarks>
/// <para>A text without a token that the model knows gives zeros. A text's vector is the same, bit for bit, alone and beside any others.</para>
/// <para>
/// A request's <see cref="EmbeddingGenerationOptions.Dimensions"/> may cut the vectors shorter (renormalised where the model normalises); its AdditionalProperties may
/// carry <see cref="EmbeddingPropertyNames.InputType"/>: a role, or the name of one of the model's prompts. The result's usage counts the tokens
/// that the vectors are the mean of. Where texts were cut, <see cref="EmbeddingPropertyNames.DroppedTokens"/> is on each such embedding and, in total, on the
/// result, with <see cref="EmbeddingPropertyNames.TruncatedTexts"/>; where they were read in windows, <see cref="EmbeddingPropertyNames.Windows"/> is on each such
/// embedding.
/// </para>
/// <para>
/// A text that is null, ill-formed, or too long where the options say <see cref="TruncationPolicy.Throw"/>, is an <see cref="ArgumentException"/> that names
/// its index; more dimensions than the model has are an <see cref="ArgumentOutOfRangeException"/>. Cancellation ends the work between texts.
/// </para>
/// <para>
/// Immutable and safe for concurrent use. Work is done on the thread pool. Dispose lets go of the vectors: a call with texts still to embed then ends with
/// <see cref="ObjectDisposedException"/>.
/// </para>
/// <para>GetService gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed class StaticEmbeddingGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private StaticEmbeddingGenerator(DenseHead inner)
        : base(inner)
    {
    }

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
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field. Or the options ask for what a static model does not have.</exception>
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

        (DenseModel model, StaticBackend backend) = UnsupportedModuleException.Refuse(() => StaticModelReader.Read(folder, options));
        EncoderRuntime runtime = new(backend, options, options.ModelId ?? folder.Files.Name, typeof(StaticEmbeddingGenerator), loggerFactory)
        {
            TokenizerThreads = backend.Info.ParallelRuns,
        };
        return new StaticEmbeddingGenerator(new DenseHead(runtime, model, options));
    }
}
