namespace LocalRetrieval.Bench.Searching;

/// <summary>A text to find by its words, what it is part of, and what stands above it.</summary>
internal sealed record FieldedDocument(string Id, string? Title, string? HeadingPath, string Text);
