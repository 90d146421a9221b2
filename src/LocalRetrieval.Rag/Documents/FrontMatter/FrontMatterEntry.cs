namespace LocalRetrieval.Rag;

/// <summary>A value of front matter, wherever it is nested.</summary>
/// <param name="Key">The keys to it, outermost first, joined by a dot.</param>
/// <param name="Value">The value as text.</param>
/// <param name="IsListItem">Whether it is one of a list.</param>
internal readonly record struct FrontMatterEntry(string Key, string Value, bool IsListItem)
{
    /// <summary>The entry as a property of a document.</summary>
    public override string ToString() => $"{Key}={Value}";
}
