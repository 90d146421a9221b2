namespace LocalRetrieval.Rag;

/// <summary>Tells of the rebuild of a collection as of indexing.</summary>
internal sealed class RebuildReport(IProgress<IndexingProgress>? progress) : IProgress<RebuildProgress>
{
    /// <summary>The source of the last passage.</summary>
    public string Source { get; set; } = "";

    public void Report(RebuildProgress value) => progress?.Report(Of(Source, value.Done, value.Total));

    public static IndexingProgress Of(string source, int done, int total) =>
        new() { Source = source, Documents = 0, Passages = 0, Rebuilt = done, TotalToRebuild = total };
}
