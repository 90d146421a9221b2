using LocalRetrieval.Loading;

namespace LocalRetrieval;

/// <summary>Options of the reranker that <c>AddLocalReranker</c> registers.</summary>
public sealed class LocalRerankerOptions : CrossEncoderOptions, ILocalModelOptions
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
        Wrap = other.Wrap;
    }

    /// <summary>The model's folder in hub layout. A relative path is looked up from the working directory, then beside the application.</summary>
    /// <value>Null for the embedded cross-encoder, <see cref="LocalModels.CrossEncoder"/>. The default is null.</value>
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

    /// <summary>Wraps the reranker, for instance in a <see cref="DelegatingTextReranker"/>; what it returns is what is registered.</summary>
    /// <value>A function from the reranker and the service provider to a reranker, or null. The default is null.</value>
    public Func<ITextReranker, IServiceProvider, ITextReranker>? Wrap { get; set; }
}
