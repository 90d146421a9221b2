using LocalRetrieval.Loading;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Options of the embedding generator that <c>AddLocalEmbeddings</c> registers.</summary>
/// <remarks>A static model has no batches, so <c>BatchTokenBudget</c> does not concern it; a graph file or another pooling than the mean is refused when it is loaded.</remarks>
public sealed class LocalEmbeddingOptions : DenseEncoderOptions, ILocalModelOptions
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
        Wrap = other.Wrap;
    }

    /// <summary>The embedded model that is used where <see cref="ModelPath"/> is null.</summary>
    /// <value>A model that gives embeddings: <see cref="LocalModels.BiEncoder"/> or <see cref="LocalModels.Static"/>. The default is the bi-encoder.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The model gives no embeddings.</exception>
    public LocalModel Model
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Model));
            field = value != LocalModels.CrossEncoder ? value : throw new ArgumentException(
                $"The embedded model '{value.Name}' gives no embeddings. Use LocalModels.BiEncoder or LocalModels.Static here, and AddLocalReranker for this one.", nameof(Model));
        }
    } = LocalModels.BiEncoder;

    /// <summary>
    /// The model's folder in hub layout: a bi-encoder or a static model, which its files tell. A relative path is looked up from the working
    /// directory, then beside the application.
    /// </summary>
    /// <value>Null for the embedded <see cref="Model"/>. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ModelPath
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(ModelPath));
            }

            field = value;
        }
    }

    /// <summary>Whether the model is loaded, and run once, when the host starts; otherwise on first use.</summary>
    /// <value>The default is false.</value>
    public bool WarmUp { get; set; }

    /// <summary>The ranges that the registered <c>IEmbeddingGenerator&lt;string, Embedding&lt;sbyte&gt;&gt;</c> spreads its integers over.</summary>
    /// <value>Null where nothing asks for that service. The default is null.</value>
    public SByteCalibration? SByteCalibration { get; set; }

    /// <summary>Wraps the generator, for instance in Microsoft.Extensions.AI's caching, telemetry or logging; what it returns is what is registered.</summary>
    /// <remarks>A wrapper that asks for <see cref="EmbeddingGeneratorMetadata"/> when it is made, as telemetry does, loads the model then.</remarks>
    /// <value>A function from the generator and the service provider to a generator, or null. The default is null.</value>
    public Func<IEmbeddingGenerator<string, Embedding<float>>, IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>>? Wrap { get; set; }
}
