namespace LocalRetrieval.Rag;

/// <summary>A part of a document that is better kept whole: a paragraph, a list item, a table, a piece of code.</summary>
public readonly record struct DocumentBlock
{
    /// <summary>Where it starts in the text, in UTF-16 units; never at white space.</summary>
    public required int Offset { get; init; }

    /// <summary>Its length in UTF-16 units, without white space at its end.</summary>
    public required int Length { get; init; }

    /// <summary>Where it may be cut when it is too long.</summary>
    /// <value>The default is <see cref="DocumentBlockKind.Prose"/>.</value>
    public DocumentBlockKind Kind { get; init; }
}
