namespace LocalRetrieval.Rag;

/// <summary>The text of one passage among those that are joined.</summary>
/// <param name="Text">Its text; where it starts within a table, the names of the columns are before its range.</param>
/// <param name="HeadingPath">The headings above it.</param>
/// <param name="Offset">Where its range starts in the source.</param>
/// <param name="Length">The length of its range in the source.</param>
internal readonly record struct TextPart(string Text, string? HeadingPath, int? Offset, int? Length)
{
    /// <summary>Where its range ends in the source; null where that is not known.</summary>
    public int? End => Offset + Length;

    /// <summary>How much is put before the range: a text may be shorter than its range, but not longer.</summary>
    public int LeadLength => Length is { } length ? Math.Max(0, Text.Length - length) : 0;

    /// <summary>Whether the text of the range stands as it is in the source.</summary>
    public bool IsVerbatim => Text.Length >= Length;
}
