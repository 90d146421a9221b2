namespace LocalRetrieval.Rag;

/// <summary>Passages that follow each other in a source, as one.</summary>
internal sealed record JoinedText
{
    public required string Text { get; init; }

    /// <summary>The headings above all of it; what stands above a part alone is in the text.</summary>
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
        string? headingPath = HeadingPaths.CommonOf([.. parts.Select(part => mapping.HeadingPath?.Invoke(part))]);
        TextJoiner joiner = new(headingPath);
        foreach (TRecord part in parts)
        {
            joiner.Append(new TextPart(mapping.Text(part), mapping.HeadingPath?.Invoke(part), mapping.Offset?.Invoke(part), mapping.Length?.Invoke(part)));
        }

        return new JoinedText
        {
            Text = joiner.ToString(),
            HeadingPath = headingPath,
            Page = mapping.Page?.Invoke(parts[0]),
            Offset = mapping.Offset?.Invoke(parts[0]),
            Length = joiner.Length,
        };
    }
}
