using LocalRetrieval.Loading;

namespace LocalRetrieval;

/// <summary>Options of the reranker that <c>AddLocalReranker</c> registers.</summary>
public sealed class LocalRerankerOptions : CrossEncoderOptions, ILocalModelOptions<TextRerankerBuilder>
{
    /// <summary>Makes the defaults.</summary>
    public LocalRerankerOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public LocalRerankerOptions(LocalRerankerOptions other)
        : base(other)
    {
        ModelPath = other.ModelPath;
        WarmUp = other.WarmUp;
        Pipeline = other.Pipeline;
    }

    /// <summary>The model's folder in hub layout. A relative path is looked up from the working directory, then beside the application.</summary>
    /// <value>Null for the embedded cross-encoder, <see cref="LocalModels.CrossEncoder"/>. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ModelPath { get; set => field = LocalModelPath.Check(value); }

    /// <summary>Whether the model is loaded, and run once, when the host starts; otherwise on first use.</summary>
    /// <value>The default is false.</value>
    public bool WarmUp { get; set; }

    /// <summary>Puts middleware around the reranker, for instance a <see cref="DelegatingTextReranker"/>; what is built is what is registered.</summary>
    /// <remarks>
    /// It is built when the service is resolved, which loads no model: a stage that asks for <see cref="TextRerankerMetadata"/> while it is made finds
    /// provider and model id only.
    /// </remarks>
    /// <value>Adds stages to the builder it is given, or null. The default is null.</value>
    public Action<TextRerankerBuilder>? Pipeline { get; set; }

    LocalModel? ILocalModelOptions.EmbeddedModel => ModelPath is null ? LocalModels.CrossEncoder : null;
}
