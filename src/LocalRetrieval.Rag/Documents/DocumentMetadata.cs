namespace LocalRetrieval.Rag;

/// <summary>What a document says of itself, in front matter, a head or properties, or what is said of it by <see cref="SourceDocument.WithMetadata"/>.</summary>
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

    /// <summary>All of it, with what <paramref name="other"/> says beside: for one value where none is said here, and in lists behind those said here.</summary>
    /// <remarks>Of properties whose key is said here none is added, so that whoever says a key has it alone.</remarks>
    internal DocumentMetadata Over(DocumentMetadata other)
    {
        if (ReferenceEquals(this, None))
        {
            return other;
        }

        HashSet<string> keys = new(Properties.Select(KeyOf), StringComparer.OrdinalIgnoreCase);
        return new DocumentMetadata
        {
            Title = Title ?? other.Title,
            Description = Description ?? other.Description,
            Author = Author ?? other.Author,
            Language = Language ?? other.Language,
            Tags = [.. Tags.Union(other.Tags, StringComparer.Ordinal)],
            Published = Published ?? other.Published,
            Modified = Modified ?? other.Modified,
            Properties = [.. Properties.Concat(other.Properties.Where(property => !keys.Contains(KeyOf(property))))],
        };
    }

    /// <summary>A copy that nobody else changes.</summary>
    /// <exception cref="ArgumentException">A tag is blank, or a property is not written <c>key=value</c>.</exception>
    internal DocumentMetadata Checked()
    {
        DocumentMetadata copy = this with { Tags = [.. Tags], Properties = [.. Properties] };
        if (copy.Tags.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A tag is null, empty or white space. Leave it out.", nameof(Tags));
        }

        foreach (string property in copy.Properties.Where(property => property?.IndexOf('=', StringComparison.Ordinal) is not > 0))
        {
            throw new ArgumentException($"The property '{property}' is not written key=value, such as owner=ann.", nameof(Properties));
        }

        return copy;
    }

    // Up to the first sign, so that no key of a document that holds one makes a longer value of the application's.
    private static string KeyOf(string property) => property.Split('=')[0].Trim();
}
