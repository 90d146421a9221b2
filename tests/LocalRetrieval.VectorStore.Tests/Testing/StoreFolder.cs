namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("store").FullName;

    public LocalVectorStore Open(Durability durability = Durability.Process, Action<LocalVectorStoreOptions>? configure = null)
    {
        LocalVectorStoreOptions options = new() { Path = Path, Durability = durability };
        configure?.Invoke(options);
        return new LocalVectorStore(options);
    }

    /// <summary>The only log.</summary>
    public string Log => Directory.GetFiles(Path, "*.log").Single();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
