namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Keeps what it is told, at once and in order.</summary>
internal sealed class ProgressList : List<RebuildProgress>, IProgress<RebuildProgress>
{
    public void Report(RebuildProgress value) => Add(value);
}
