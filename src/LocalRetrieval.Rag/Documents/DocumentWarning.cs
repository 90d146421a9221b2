namespace LocalRetrieval.Rag;

/// <summary>Something in a document that was read in another way than its author may have meant.</summary>
public sealed record DocumentWarning
{
    /// <summary>What it is, and what was made of it, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The line in the document's own text, from 1; null where it has none.</summary>
    public int? Line { get; init; }

    /// <summary>Place and message.</summary>
    public override string ToString() => Line is { } line ? $"line {line}: {Message}" : Message;
}
