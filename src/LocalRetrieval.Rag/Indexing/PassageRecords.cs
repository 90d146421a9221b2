using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>Makes the records of a document's chunks.</summary>
internal static class PassageRecords
{
    /// <summary>The passages of a document, without their vectors.</summary>
    /// <param name="source">The document's name.</param>
    /// <param name="metadata">What it says of itself.</param>
    /// <param name="chunks">What it was cut into.</param>
    /// <param name="encoder">What the encoder is known by.</param>
    /// <param name="scope">The scope that owns the document, or null.</param>
    public static IEnumerable<Passage> Create(string source, DocumentMetadata metadata, IReadOnlyList<DocumentChunk> chunks, string encoder, string? scope = null)
    {
        Func<int, string> keyOf = PassageKey.ForSource(source);
        string? title = metadata.Title is { } whole ? HeadingPaths.Heading(whole) : null;
        string? parent = null;
        for (int ordinal = 0; ordinal < chunks.Count; ordinal++)
        {
            DocumentChunk chunk = chunks[ordinal];
            if (parent is null || chunk.HeadingPath != chunks[ordinal - 1].HeadingPath)
            {
                parent = keyOf(ordinal);
            }

            Passage passage = new()
            {
                Source = source,
                Scope = scope,
                Ordinal = ordinal,
                Text = chunk.Text,
                HeadingPath = chunk.HeadingPath,
                Offset = chunk.Offset,
                Length = chunk.Length,
                Parent = parent,
                Page = chunk.Page,
                Title = title,
                Description = metadata.Description,
                Author = metadata.Author,
                Language = metadata.Language,
                Published = metadata.Published?.ToUnixTimeSeconds(),
                Modified = metadata.Modified?.ToUnixTimeSeconds(),
                Tags = [.. metadata.Tags],
                Properties = [.. metadata.Properties],
                ContentHash = PassageKey.ContentHash(encoder, chunk.EmbeddedText),
            };
            passage.MetadataHash = MetadataHash(passage);
            yield return passage;
        }
    }

    private static string MetadataHash(Passage passage)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{passage.Offset}+{passage.Length} {passage.Page} {passage.Published} {passage.Modified}");
        string tags = string.Join('\u0001', passage.Tags);
        string properties = string.Join('\u0001', passage.Properties);
        return PassageKey.Hash(string.Join('\0', place, passage.Scope, passage.Parent, passage.Title, passage.Description, passage.Author, passage.Language, tags, properties));
    }
}
