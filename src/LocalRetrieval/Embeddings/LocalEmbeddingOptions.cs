using LocalRetrieval.Loading;
using LocalRetrieval.Onnx;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Options of the embedding generator that <c>AddLocalEmbeddings</c> registers.</summary>
public sealed class LocalEmbeddingOptions : OnnxEmbeddingGeneratorOptions, ILocalModelOptions
{
    /// <summary>The model's folder in hub layout. A relative path is looked up from the working directory, then beside the application.</summary>
    /// <value>Null for the embedded bi-encoder, <see cref="LocalModels.BiEncoder"/>. The default is null.</value>
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

    /// <summary>Wraps the generator, for instance in Microsoft.Extensions.AI's caching, telemetry or logging; what it returns is what is registered.</summary>
    /// <remarks>A wrapper that asks for <see cref="EmbeddingGeneratorMetadata"/> when it is made, as telemetry does, loads the model then.</remarks>
    /// <value>A function from the generator and the service provider to a generator, or null. The default is null.</value>
    public Func<IEmbeddingGenerator<string, Embedding<float>>, IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>>? Wrap { get; set; }
}
