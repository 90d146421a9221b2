namespace LocalRetrieval.Rag;

/// <summary>Passages that follow each other in a source, as one.</summary>
internal sealed record JoinedText
{
    public required string Text { get; init; }

    /// <summary>The headings above the start.</summary>
    public string? HeadingPath { get; init; }

    public int? Page { get; init; }

    public int? Offset { get; init; }

    public int? Length { get; init; }

    /// <summary>Joins passages.</summary>
    /// <param name="parts">The passages, in the order of their source.</param>
    /// <param name="mapping">Where their parts are.</param>
    public static JoinedText Of<TRecord>(IReadOnlyList<TRecord> parts, PassageMapping<TRecord> mapping)
        where TRecord : class
    {
        TextJoiner joiner = new();
        foreach (TRecord part in parts)
        {
            joiner.Append(new TextPart(mapping.Text(part), mapping.HeadingPath?.Invoke(part), mapping.Offset?.Invoke(part), mapping.Length?.Invoke(part)));
        }

        return new JoinedText
        {
            Text = joiner.ToString(),
            HeadingPath = mapping.HeadingPath?.Invoke(parts[0]),
            Page = mapping.Page?.Invoke(parts[0]),
            Offset = mapping.Offset?.Invoke(parts[0]),
            Length = joiner.Length,
        };
    }
}
