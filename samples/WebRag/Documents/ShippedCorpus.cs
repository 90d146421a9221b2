namespace WebRag.Documents;

/// <summary>The corpus of the sample, which is searched where no folder is set.</summary>
internal static class ShippedCorpus
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>Questions that it answers.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "On which day can I cut MDF?",
        "Where is the closest defibrillator?",
        "What is the shortest board I can put through the planer?",
    ];
}
