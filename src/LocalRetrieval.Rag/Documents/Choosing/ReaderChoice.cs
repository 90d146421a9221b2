namespace LocalRetrieval.Rag;

/// <summary>The reader of a document, or why it has none.</summary>
internal readonly record struct ReaderChoice
{
    public ReaderChoice(IDocumentReader reader) => Reader = reader;

    public ReaderChoice(string refusal) => Refusal = refusal;

    public IDocumentReader? Reader { get; }

    public string? Refusal { get; }
}
