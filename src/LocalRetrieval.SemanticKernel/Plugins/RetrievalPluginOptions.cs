using LocalRetrieval.Rag;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Options of a plugin that <see cref="PassageRetrieverKernelExtensions.AsKernelPlugin"/> makes.</summary>
public sealed class RetrievalPluginOptions
{
    /// <summary>The defaults.</summary>
    public RetrievalPluginOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of retrieval and context included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public RetrievalPluginOptions(RetrievalPluginOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Name = other.Name;
        Contents = other.Contents;
        MaxTop = other.MaxTop;
        Chat = new RetrievalChatOptions(other.Chat);
    }

    /// <summary>The plugin's name, which a model sees before the names of its functions.</summary>
    /// <value>Letters, digits and underscores. The default is <c>Retrieval</c>.</value>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string Name
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    } = "Retrieval";

    /// <summary>What can be found, in a few words that follow "Searches": a model decides by them whether to search.</summary>
    /// <value>The default is <c>the documents of this application</c>.</value>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string Contents
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Contents));
            field = value;
        }
    } = "the documents of this application";

    /// <summary>The greatest number of passages that a model may ask for at once.</summary>
    /// <value>At least 1. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTop
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxTop));
            field = value;
        }
    } = 20;

    /// <summary>How to retrieve, how long results may be (<see cref="ContextOptions.MaxTokens"/> each), and what a model is told that answers.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetrievalChatOptions Chat
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Chat));
            field = value;
        }
    } = new();
}
