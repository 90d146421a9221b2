namespace LocalRetrieval.Rag;

/// <summary>Where a block that is too long is cut first.</summary>
public enum DocumentBlockKind
{
    /// <summary>Running text, cut at the ends of sentences.</summary>
    Prose,

    /// <summary>Code, tables and markup, cut at the ends of lines.</summary>
    Lines,
}
