using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

/// <summary>A reranker by late interaction: it embeds the query and each document apart and scores them by <see cref="MaxSim"/>, or its mean over the query where the model says so.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. Work is done on the thread pool.</para>
/// <para>
/// Dispose waits for the native run under way. A call with runs still to come then ends with <see cref="ObjectDisposedException"/>; one whose last run is
/// done returns.
/// </para>
/// <para>GetService gives <see cref="TextRerankerMetadata"/>, <see cref="EncoderInfo"/>, <see cref="ITokenCounter"/>, and the <see cref="OnnxMultiVectorEmbeddingGenerator"/>.</para>
/// </remarks>
public sealed class OnnxLateInteractionReranker : DelegatingTextReranker
{
    private readonly OnnxMultiVectorEmbeddingGenerator _generator;

    private OnnxLateInteractionReranker(MultiVectorHead head)
        : base(new LateInteractionReranker(head)) => _generator = new OnnxMultiVectorEmbeddingGenerator(head);

    /// <summary>Loads a late interaction encoder; see <see cref="OnnxMultiVectorEmbeddingGenerator.Load"/> for the folder.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once for queries and once for documents; null logs nothing.</param>
    /// <returns>The reranker, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="NotSupportedException">The options name an execution provider that cannot be used: the loaded native library lacks it, or something that it needs is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxLateInteractionReranker Load(string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        new(OnnxMultiVectorEmbeddingGenerator.LoadHead(modelPath, options, typeof(OnnxLateInteractionReranker), loggerFactory));

    /// <summary>Loads on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The reranker, ready to use.</returns>
    public static Task<OnnxLateInteractionReranker> LoadAsync(
        string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        OnnxModel.LoadAsync(() => Load(modelPath, options, loggerFactory), cancellationToken);

    /// <inheritdoc />
    public override object? GetService(Type serviceType, object? serviceKey = null) => base.GetService(serviceType, serviceKey) ?? _generator.GetService(serviceType, serviceKey);
}
