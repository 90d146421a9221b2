namespace LocalRetrieval.Rag;

/// <summary>A declaration, a statement or an element of a list, with the comments and attributes before it. It reaches to the next.</summary>
internal sealed class CodeItem
{
    /// <summary>Where the first of its lines starts.</summary>
    public required int Start { get; init; }

    /// <summary>Where the line of its first token starts, behind its comments.</summary>
    public required int CodeStart { get; init; }

    /// <summary>What it declares; null where it is no declaration, or one without a name.</summary>
    public string? Name { get; set; }

    /// <summary>Whether what it has inside are declarations.</summary>
    public bool IsContainer { get; set; }

    /// <summary>Whether what follows it, up to the end of the file, stands in it.</summary>
    public bool HoldsRest { get; set; }

    /// <summary>Whether a comma stands before it.</summary>
    public bool IsAfterComma { get; init; }

    /// <summary>Whether it is a part of an expression, such as an argument, rather than a declaration or statement.</summary>
    public bool IsElement { get; init; }

    /// <summary>What it has inside, from the first that starts on a line of its own.</summary>
    public List<CodeItem> Children { get; set; } = [];
}
