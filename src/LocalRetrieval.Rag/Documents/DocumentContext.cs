namespace LocalRetrieval.Rag;

/// <summary>What a reader is told of a document besides its bytes.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class DocumentContext
{
    /// <summary>The context of a document.</summary>
    /// <param name="source">The document's name, for messages.</param>
    /// <param name="options">What reading may cost; null means the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> is null, empty or white space.</exception>
    public DocumentContext(string source, DocumentReadingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Source = source;
        Options = new DocumentReadingOptions(options ?? new DocumentReadingOptions());
    }

    /// <summary>The document's name.</summary>
    public string Source { get; }

    /// <summary>What reading may cost.</summary>
    public DocumentReadingOptions Options { get; }

    /// <summary>The readers of what a document holds in itself, such as a mail's attachments.</summary>
    public DocumentReaders Readers { get; init; } = DocumentReaders.Default;

    /// <summary>How many documents this one lies in.</summary>
    public int Depth { get; init; }
}
