using LocalRetrieval.Rag;

namespace Samples.Indexing;

/// <summary>Reports on the thread that indexes, so that the last report is shown before indexing returns (Progress&lt;T&gt; posts it).</summary>
internal sealed class ProgressReport(Action<IndexingProgress> report) : IProgress<IndexingProgress>
{
    public void Report(IndexingProgress value) => report(value);
}
