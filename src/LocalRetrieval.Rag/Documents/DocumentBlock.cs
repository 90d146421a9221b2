namespace LocalRetrieval.Rag;

/// <summary>A part of a document that is better kept whole: a paragraph, a list item, a table, a piece of code.</summary>
public readonly record struct DocumentBlock
{
    /// <summary>Where it starts in <see cref="DocumentContent.Text"/>, in UTF-16 units; never at white space, but at the indentation of code.</summary>
    public required int Offset { get; init; }

    /// <summary>Its length in UTF-16 units, without white space at its end.</summary>
    public required int Length { get; init; }

    /// <summary>Where it may be cut when it is too long.</summary>
    /// <value>The default is <see cref="DocumentBlockKind.Prose"/>.</value>
    public DocumentBlockKind Kind { get; init; }

    /// <summary>How much of its start is repeated before each part when it is cut, in UTF-16 units: the lines with the names of a table's columns.</summary>
    /// <value>The default is 0.</value>
    public int HeaderLength { get; init; }

    /// <summary>The page, slide or sheet that it stands on, from 1; null where the document has none.</summary>
    public int? Page { get; init; }
}
