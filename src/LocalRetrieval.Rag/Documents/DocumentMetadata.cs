namespace LocalRetrieval.Rag;

/// <summary>What a document says of itself, in front matter, a head or properties.</summary>
public sealed record DocumentMetadata
{
    /// <summary>Of a document that says nothing of itself.</summary>
    public static DocumentMetadata None { get; } = new();

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>What it is about, in a sentence or two.</summary>
    public string? Description { get; init; }

    /// <summary>Who wrote it; several are joined by <c>, </c>.</summary>
    public string? Author { get; init; }

    /// <summary>Its language as a BCP 47 tag, such as <c>de</c> or <c>zh-Hans</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Its tags, categories and keywords.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When it was published or made.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>What else it says, as <c>key=value</c>; a key of a nested value is <c>outer.inner</c>, and a list gives its key several times.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];
}
