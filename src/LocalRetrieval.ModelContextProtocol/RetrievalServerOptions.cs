using LocalRetrieval.Rag;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Options of what <see cref="RetrievalMcpServerBuilderExtensions"/> adds to a server: the tools and the resources of one key have them in common.</summary>
public sealed class RetrievalServerOptions
{
    /// <summary>The defaults.</summary>
    public RetrievalServerOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>, its options of retrieval and chat included.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public RetrievalServerOptions(RetrievalServerOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Contents = other.Contents;
        MaxTop = other.MaxTop;
        MaxTextLength = other.MaxTextLength;
        PageSize = other.PageSize;
        HasSnippets = other.HasSnippets;
        Chat = new RetrievalChatOptions(other.Chat);
    }

    /// <summary>What can be found, in a few words that follow "Searches": a model decides by them whether to search.</summary>
    /// <value>The default is <c>the documents of this server</c>.</value>
    /// <exception cref="ArgumentException">The value is null, empty or white space.</exception>
    public string Contents
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Contents));
            field = value;
        }
    } = "the documents of this server";

    /// <summary>The greatest number of passages that one search may ask for.</summary>
    /// <value>At least 1. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTop { get; set => field = AtLeast(1, value, nameof(MaxTop)); } = 20;

    /// <summary>How much of a source one <c>fetch</c> gives; the rest is fetched from an offset that the result names.</summary>
    /// <value>In UTF-16 units, at least 2. The default is 40,000: about 10,000 tokens of English, which is as much as clients commonly hand to a model.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 2.</exception>
    public int MaxTextLength { get; set => field = AtLeast(2, value, nameof(MaxTextLength)); } = 40_000;

    /// <summary>How many resources one page of their list has.</summary>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int PageSize { get; set => field = AtLeast(1, value, nameof(PageSize)); } = 100;

    /// <summary>Whether <c>search</c> also gives the text of each passage, as <c>text</c>, so that a model need not fetch whole sources.</summary>
    /// <value>The default is false: a result is id, title and url.</value>
    public bool HasSnippets { get; set; }

    /// <summary>How all tools retrieve, filters included, and what a model is told that answers <c>ask</c>.</summary>
    /// <remarks>Its <see cref="RetrievalChatOptions.Retrieval"/> holds for <c>search</c>, <c>fetch</c> and the resources too.</remarks>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetrievalChatOptions Chat
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Chat));
            field = value;
        }
    } = new() { UnknownNumbers = UnknownNumbers.Remove };

    private static int AtLeast(int least, int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
