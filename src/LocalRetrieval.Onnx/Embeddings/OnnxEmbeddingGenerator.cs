using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

/// <summary>A local bi-encoder: text in, one vector a text out, pooled, projected and normalised as the model's own files say.</summary>
/// <remarks>
/// <para>
/// A request's <see cref="EmbeddingGenerationOptions.Dimensions"/> may cut the vectors shorter (renormalised where the model normalises); its AdditionalProperties may
/// carry <see cref="EmbeddingPropertyNames.InputType"/>: a role, or the name of one of the model's prompts. The result's usage counts the tokens
/// read. Where texts were cut, <see cref="EmbeddingPropertyNames.DroppedTokens"/> is on each such embedding and, in total, on the result, with
/// <see cref="EmbeddingPropertyNames.TruncatedTexts"/>; where they were read in windows, <see cref="EmbeddingPropertyNames.Windows"/> is on each such embedding.
/// </para>
/// <para>
/// A text that is null, ill-formed, or too long where the options say <see cref="TruncationPolicy.Throw"/>, is an <see cref="ArgumentException"/> that names
/// its index; more dimensions than the model has are an <see cref="ArgumentOutOfRangeException"/>. Cancellation ends the work between batches and within a run.
/// </para>
/// <para>Immutable and safe for concurrent use. Work is done on the thread pool.</para>
/// <para>
/// Dispose waits for the native run under way. A call with runs still to come then ends with <see cref="ObjectDisposedException"/>; one whose last run is
/// done returns.
/// </para>
/// <para>GetService gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed class OnnxEmbeddingGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private OnnxEmbeddingGenerator(DenseHead inner)
        : base(inner)
    {
    }

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
    /// <exception cref="NotSupportedException">The options name an execution provider that cannot be used: the loaded native library lacks it, or something that it needs is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions, for windows that overlap wholly, or for more dimensions than it has.</exception>
    public static OnnxEmbeddingGenerator Load(string modelPath, OnnxEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        new(OnnxModel.Load(modelPath, options ?? new(), ModelKind.BiEncoder, DenseHead.Read, typeof(OnnxEmbeddingGenerator), loggerFactory));

    /// <summary>Loads on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<OnnxEmbeddingGenerator> LoadAsync(
        string modelPath, OnnxEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        OnnxModel.LoadAsync(() => Load(modelPath, options, loggerFactory), cancellationToken);
}
