namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordedProgress : IProgress<SyncProgress>
{
    public List<SyncProgress> Reports { get; } = [];

    public void Report(SyncProgress value) => Reports.Add(value);
}
