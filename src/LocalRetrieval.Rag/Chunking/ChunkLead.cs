namespace LocalRetrieval.Rag;

/// <summary>What is put before the text of a chunk, and the heading path above it.</summary>
/// <param name="Text">The text, up to where the chunk's own text starts.</param>
/// <param name="Tokens">Its tokens, those of the path beyond the section's included.</param>
internal sealed record ChunkLead(string Text, int Tokens)
{
    /// <summary>The heading path that the chunk has in place of its section's; null where it has that.</summary>
    public string? HeadingPath { get; init; }

    /// <summary>How many more UTF-16 units it takes than the section's heading path alone.</summary>
    public int Length { get; init; } = Text.Length;
}
