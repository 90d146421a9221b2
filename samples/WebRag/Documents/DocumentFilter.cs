namespace WebRag.Documents;

/// <summary>Which documents are wanted; what is null is no condition.</summary>
internal sealed record DocumentFilter
{
    /// <summary>The folder, with all below it.</summary>
    public string? Folder { get; init; }

    /// <summary>The type's name, one of <see cref="DocumentTypes"/>.</summary>
    public string? Type { get; init; }

    public string? Tag { get; init; }
}
