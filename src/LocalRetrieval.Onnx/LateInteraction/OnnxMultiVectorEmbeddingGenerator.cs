using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

/// <summary>A local late interaction encoder (ColBERT): text in, a vector for each of its tokens out; <see cref="MaxSim"/> compares them.</summary>
/// <remarks>
/// <para>
/// Queries and documents are embedded differently: <see cref="EmbeddingPropertyNames.InputType"/> in a request's AdditionalProperties says which; without it, texts
/// are documents. Its Dimensions must be null or the model's own. Errors, and what was cut off, are as of <see cref="OnnxEmbeddingGenerator"/>.
/// </para>
/// <para>Immutable and safe for concurrent use. Work is done on the thread pool.</para>
/// <para>
/// Dispose waits for the native run under way. A call with runs still to come then ends with <see cref="ObjectDisposedException"/>; one whose last run is
/// done returns.
/// </para>
/// <para>GetService gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>, which counts documents.</para>
/// </remarks>
public sealed class OnnxMultiVectorEmbeddingGenerator : DelegatingEmbeddingGenerator<string, MultiVectorEmbedding>
{
    internal OnnxMultiVectorEmbeddingGenerator(MultiVectorHead inner)
        : base(inner)
    {
    }

    /// <summary>Loads a late interaction encoder from a folder of PyLate, sentence-transformers or Stanford's ColBERT: config.json, tokenizer.json, the configs of these, and the graph.</summary>
    /// <param name="modelPath">The folder. A projection may be in the graph, or a Dense module.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once for queries and once for documents; null logs nothing.</param>
    /// <returns>The generator, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="NotSupportedException">The options name an execution provider that cannot be used: the loaded native library lacks it, or something that it needs is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxMultiVectorEmbeddingGenerator Load(string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        new(LoadHead(modelPath, options, typeof(OnnxMultiVectorEmbeddingGenerator), loggerFactory));

    /// <summary>Loads on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<OnnxMultiVectorEmbeddingGenerator> LoadAsync(
        string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        OnnxModel.LoadAsync(() => Load(modelPath, options, loggerFactory), cancellationToken);

    /// <summary>Loads what this generator and <see cref="OnnxLateInteractionReranker"/> run.</summary>
    internal static MultiVectorHead LoadHead(string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options, Type encoder, ILoggerFactory? loggerFactory) =>
        OnnxModel.Load(modelPath, options ?? new(), ModelKind.LateInteraction, MultiVectorHead.Read, encoder, loggerFactory);
}
