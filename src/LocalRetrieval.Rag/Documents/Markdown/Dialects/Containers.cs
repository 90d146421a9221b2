namespace LocalRetrieval.Rag;

/// <summary>The kinds of <c>:::</c> containers.</summary>
internal static class Containers
{
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "note", "tip", "info", "warning", "danger", "caution", "important", "details", "success", "question", "example", "abstract", "bug", "quote",
        "failure", "todo", "seealso", "hint", "attention", "error", "summary", "faq",
    };

    /// <summary>Whether a container without a title shows its kind as one.</summary>
    public static bool IsShown(string kind) => Shown.Contains(kind);
}
