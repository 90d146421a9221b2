namespace LocalRetrieval.Rag;

/// <summary>What was read in another way than a document's author may have meant.</summary>
public sealed record IndexingWarning
{
    /// <summary>The document.</summary>
    public required string Source { get; init; }

    /// <summary>What it is, and where.</summary>
    public required DocumentWarning Warning { get; init; }

    /// <summary>The document, the place and the warning, in a line.</summary>
    public override string ToString() => $"'{Source}', {Warning}";
}
