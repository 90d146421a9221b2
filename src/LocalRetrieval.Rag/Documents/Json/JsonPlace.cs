namespace LocalRetrieval.Rag;

/// <summary>Where a value stands.</summary>
/// <param name="Key">Its key, or its number in an array; null for neither.</param>
/// <param name="Prefix">The keys above that are no headings, each with a dot.</param>
/// <param name="Level">The level of its heading, if it has one.</param>
internal readonly record struct JsonPlace(string? Key, string Prefix, int Level)
{
    /// <summary>What stands before it on its line.</summary>
    public string Label => Key is null ? Prefix.Length == 0 ? "" : Prefix.TrimEnd('.') + ": " : Prefix + Key + ": ";
}
