using LocalRetrieval.Onnx.Inference;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

/// <summary>A local cross-encoder: it reads the query and a document together and gives a logit for each of its labels, of which one ranks.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. Work is done on the thread pool.</para>
/// <para>
/// Dispose waits for the native run under way. A call with runs still to come then ends with <see cref="ObjectDisposedException"/>; one whose last run is
/// done returns.
/// </para>
/// <para>GetService gives <see cref="TextRerankerMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed class OnnxTextReranker : DelegatingTextReranker
{
    private OnnxTextReranker(CrossEncoderHead inner)
        : base(inner)
    {
    }

    /// <summary>Loads a cross-encoder from a folder in hub layout: config.json, tokenizer.json and the graph.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The reranker, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="NotSupportedException">The options name an execution provider that cannot be used: the loaded native library lacks it, or something that it needs is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxTextReranker Load(string modelPath, OnnxTextRerankerOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        new(OnnxModel.Load(modelPath, options ?? new(), ModelKind.CrossEncoder, CrossEncoderHead.Read, typeof(OnnxTextReranker), loggerFactory));

    /// <summary>Loads on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where to log; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The reranker, ready to use.</returns>
    public static Task<OnnxTextReranker> LoadAsync(
        string modelPath, OnnxTextRerankerOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        OnnxModel.LoadAsync(() => Load(modelPath, options, loggerFactory), cancellationToken);
}
