using LocalRetrieval.Loading;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Options of the embedding generator that <c>AddLocalEmbeddings</c> registers.</summary>
/// <remarks>A static model has no batches, so <c>BatchTokenBudget</c> does not concern it; a graph file or another pooling than the mean is refused when it is loaded.</remarks>
public sealed class LocalEmbeddingOptions : DenseEncoderOptions, ILocalModelOptions<EmbeddingGeneratorBuilder<string, Embedding<float>>>
{
    /// <summary>Makes the defaults.</summary>
    public LocalEmbeddingOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public LocalEmbeddingOptions(LocalEmbeddingOptions other)
        : base(other)
    {
        Model = other.Model;
        ModelPath = other.ModelPath;
        WarmUp = other.WarmUp;
        SByteCalibration = other.SByteCalibration;
        Pipeline = other.Pipeline;
    }

    /// <summary>The embedded model; a configuration gives it by name: <c>BiEncoder</c> or <c>Static</c>.</summary>
    /// <value>
    /// A model that gives embeddings: <see cref="LocalModels.BiEncoder"/> or <see cref="LocalModels.Static"/>. Null for the bi-encoder, or where
    /// <see cref="ModelPath"/> says which; both together are refused. The default is null.
    /// </value>
    /// <exception cref="ArgumentException">The model gives no embeddings.</exception>
    public LocalModel? Model
    {
        get;
        set => field = value is null or { Dimensions: not null } ? value : throw new ArgumentException(
            $"The embedded model '{value.Name}' gives no embeddings. Use LocalModels.BiEncoder or LocalModels.Static here, and AddLocalReranker for this one.", nameof(Model));
    }

    /// <summary>
    /// The model's folder in hub layout: a bi-encoder or a static model, which its files tell. A relative path is looked up from the working
    /// directory, then beside the application.
    /// </summary>
    /// <value>Null for an embedded model: <see cref="Model"/>, or else the bi-encoder. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ModelPath { get; set => field = LocalModelPath.Check(value); }

    /// <summary>Whether the model is loaded, and run once, when the host starts; otherwise on first use.</summary>
    /// <value>The default is false.</value>
    public bool WarmUp { get; set; }

    /// <summary>The ranges that the registered <c>IEmbeddingGenerator&lt;string, Embedding&lt;sbyte&gt;&gt;</c> spreads its integers over.</summary>
    /// <value>Null where nothing asks for that service. The default is null.</value>
    public SByteCalibration? SByteCalibration { get; set; }

    /// <summary>Puts middleware around the generator, for instance Microsoft.Extensions.AI's caching, telemetry or logging; what is built is what is registered.</summary>
    /// <remarks>
    /// It is built when the service is resolved, which loads no model: a stage that asks for <see cref="EmbeddingGeneratorMetadata"/> while it is made, as
    /// telemetry does, finds provider and model id, and the dimensions of an embedded model only.
    /// </remarks>
    /// <value>Adds stages to the builder it is given, or null. The default is null.</value>
    public Action<EmbeddingGeneratorBuilder<string, Embedding<float>>>? Pipeline { get; set; }

    LocalModel? ILocalModelOptions.EmbeddedModel => ModelPath is null ? Model ?? LocalModels.BiEncoder : null;
}
