namespace LocalRetrieval.Rag.Tests.Synchronization;

public sealed class SourceManifestTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(600)]
    [InlineData(850)]
    public async Task RemoveAsync_KilledWhileItDeletes_LeavesNoRecordThatIsNotFound(int deleted)
    {
        using ChaosStore store = new();
        PassageCollection passages = PassageCollection.Of(store.GetCollection<string, Passage>("docs", Passage.CreateDefinition(32)));
        SourceManifest manifest = new(passages.CreateSlots(store, "docs-sources", "docs"), "docs");
        await manifest.LoadAsync(CancellationToken.None);
        SourceRecord[] records = [.. Enumerable.Range(0, 1000).Select(index => new SourceRecord { Source = $"f{index}.md" })];
        await manifest.WriteAsync(records, CancellationToken.None);
        int steps = 0;
        store.OnStep = () => _ = ++steps > 100 + deleted ? throw new IOException("killed") : 0;

        await Assert.ThrowsAsync<IOException>(() => manifest.RemoveAsync(records[..900], CancellationToken.None));
        store.OnStep = () => { };
        Dictionary<string, SourceRecord> found = await new SourceManifest(passages.CreateSlots(store, "docs-sources", "docs"), "docs").LoadAsync(CancellationToken.None);

        Assert.Equal(found.Keys.Order(StringComparer.Ordinal), store.Records<string, SourceRecord>("docs-sources").Select(record => record.Source).Order(StringComparer.Ordinal));
    }
}
