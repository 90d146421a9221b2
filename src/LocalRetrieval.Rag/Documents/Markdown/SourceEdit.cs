namespace LocalRetrieval.Rag;

/// <summary>A range of a text, and what stands in its place.</summary>
internal readonly record struct SourceEdit(TextRange Range, string Replacement)
{
    /// <summary>Whether a blank parts it from what stands before, unless there is one.</summary>
    public bool IsParting { get; init; }

    /// <summary>Texts that stand in the replacement once more; null where none does.</summary>
    public IReadOnlyList<RepeatedText>? Repeated { get; init; }
}
