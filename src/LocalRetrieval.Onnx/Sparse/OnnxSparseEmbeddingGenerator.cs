using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

/// <summary>A local sparse encoder (SPLADE): text in, weights of the vocabulary's tokens out.</summary>
/// <remarks>
/// <para>
/// The weights above 0 come by ascending token id. A request's AdditionalProperties may carry <see cref="EmbeddingPropertyNames.InputType"/>; its Dimensions must be
/// null or the model's own. Errors, and what was cut off, are as of <see cref="OnnxEmbeddingGenerator"/>.
/// </para>
/// <para>Immutable and safe for concurrent use. Work is done on the thread pool.</para>
/// <para>
/// Dispose waits for the native run under way. A call with runs still to come then ends with <see cref="ObjectDisposedException"/>; one whose last run is
/// done returns.
/// </para>
/// <para>GetService gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed class OnnxSparseEmbeddingGenerator : DelegatingEmbeddingGenerator<string, SparseEmbedding>
{
    private OnnxSparseEmbeddingGenerator(SparseHead inner)
        : base(inner)
    {
    }

    /// <summary>Loads a sparse encoder from a folder in hub layout: config.json, tokenizer.json and the graph of a masked language model.</summary>
    /// <param name="modelPath">The folder; without modules.json, the largest weight over a text's tokens is taken.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The generator, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="NotSupportedException">The options name an execution provider that cannot be used: the loaded native library lacks it, or something that it needs is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxSparseEmbeddingGenerator Load(string modelPath, OnnxSparseEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        new(OnnxModel.Load(modelPath, options ?? new(), ModelKind.SparseEncoder, SparseHead.Read, typeof(OnnxSparseEmbeddingGenerator), loggerFactory));

    /// <summary>Loads on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<OnnxSparseEmbeddingGenerator> LoadAsync(
        string modelPath, OnnxSparseEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        OnnxModel.LoadAsync(() => Load(modelPath, options, loggerFactory), cancellationToken);
}
