namespace WebRag.Documents;

/// <summary>A document in the list.</summary>
internal sealed record DocumentInfo
{
    /// <summary>Names it to this API: the path in the folder, or the id of a file that was uploaded.</summary>
    public required string Id { get; init; }

    /// <summary>The file's name, with its path in the folder.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The path of its folder; empty for the top.</summary>
    public required string Folder { get; init; }

    public required string Type { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The language that the document names; null where it names none.</summary>
    public string? Language { get; init; }

    /// <summary>Whether the visitor uploaded it.</summary>
    public required bool IsOwn { get; init; }
}
