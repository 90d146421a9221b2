using LocalRetrieval.Loading;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Options of the sparse embedding generator that <c>AddLocalSparseEmbeddings</c> registers.</summary>
public sealed class LocalSparseEmbeddingOptions : SparseEncoderOptions, ILocalModelOptions<EmbeddingGeneratorBuilder<string, SparseEmbedding>>
{
    /// <summary>Makes the defaults.</summary>
    public LocalSparseEmbeddingOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public LocalSparseEmbeddingOptions(LocalSparseEmbeddingOptions other)
        : base(other)
    {
        ModelPath = other.ModelPath;
        WarmUp = other.WarmUp;
        Pipeline = other.Pipeline;
    }

    /// <summary>The model's folder in hub layout. A relative path is looked up from the working directory, then beside the application.</summary>
    /// <value>Must be set, since no embedded model is of this kind. The default is null, which is refused when the host starts.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ModelPath { get; set => field = LocalModelPath.Check(value); }

    /// <summary>Whether the model is loaded, and run once, when the host starts; otherwise on first use.</summary>
    /// <value>The default is false.</value>
    public bool WarmUp { get; set; }

    /// <summary>Puts middleware around the generator; what is built is what is registered.</summary>
    /// <remarks>
    /// It is built when the service is resolved, which loads no model: a stage that asks for <see cref="EmbeddingGeneratorMetadata"/> while it is made finds
    /// provider and model id only.
    /// </remarks>
    /// <value>Adds stages to the builder it is given, or null. The default is null.</value>
    public Action<EmbeddingGeneratorBuilder<string, SparseEmbedding>>? Pipeline { get; set; }

    LocalModel? ILocalModelOptions.EmbeddedModel => null;
}
