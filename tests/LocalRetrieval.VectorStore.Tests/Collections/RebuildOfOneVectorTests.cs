using LocalRetrieval.VectorData.Tests.Testing;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Collections;

/// <summary>A rebuild of one of several vector properties keeps the others, and what is remembered of their encoders.</summary>
public sealed class RebuildOfOneVectorTests : IDisposable
{
    private const int Records = 6;

    private readonly EncoderInfo _texts = FakeEncoders.Info("texts");
    private readonly EncoderInfo _newTexts = FakeEncoders.Info("new texts");
    private readonly EncoderInfo _images = FakeEncoders.Info("images", dimensions: 2);
    private readonly EncoderInfo _newImages = FakeEncoders.Info("new images", dimensions: 2);
    private readonly EncoderInfo _words = FakeEncoders.Info("words", dimensions: 100);
    private readonly StoreFolder _folder = new();
    private readonly List<string> _embedded = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RebuildAsync_InMemory_KeepsTheOthers()
    {
        using LocalVectorStore store = new();
        await FillAsync(store);

        Assert.True(await RebuildAsync(store));

        Assert.Equal(Ids(), _embedded);
        await CheckAsync(store, _newTexts);
    }

    [Fact]
    public async Task RebuildAsync_OnDiskAfterOneFailed_KeepsTheOthersAndEmbedsTheRest()
    {
        using (LocalVectorStore store = _folder.Open())
        {
            await FillAsync(store);
            await FailAsync(store, batches: 2);
            await CheckAsync(store, _texts);
        }

        using (LocalVectorStore store = _folder.Open())
        {
            Assert.True(await RebuildAsync(store));
            await CheckAsync(store, _newTexts);
        }

        Assert.Equal(Ids(), _embedded);
        using LocalVectorStore again = _folder.Open();
        await CheckAsync(again, _newTexts);
    }

    [Fact]
    public async Task RebuildAsync_AnotherVectorWasChangedSinceOneFailed_HasThatAsItIsNow()
    {
        using LocalVectorStore store = _folder.Open();
        await FillAsync(store);
        await FailAsync(store, batches: 2);
        _embedded.Clear();
        Picture changed = Make("1", VectorOf(_texts));
        changed.Image = new float[] { 7, 7 };
        changed.Words = null;
        await Pictures(store).UpsertAsync(changed);

        Assert.True(await RebuildAsync(store));

        Assert.Equal(["4", "5"], _embedded);
        Picture after = (await Pictures(store).GetAsync("1", new() { IncludeVectors = true }))!;
        Assert.Equal(VectorOf(_newTexts), after.Vector.ToArray());
        Assert.Equal(new float[] { 7, 7 }, after.Image.ToArray());
        Assert.Null(after.Words);
    }

    [Fact]
    public async Task RebuildAsync_AnotherEncoderFillsAnotherVectorSinceOneFailed_BeginsAnew()
    {
        using LocalVectorStore store = _folder.Open();
        await FillAsync(store);
        await FailAsync(store, batches: 2);
        _embedded.Clear();

        // Without records it is anyone's to fill.
        await Pictures(store).DeleteAsync(Ids());
        await FillAsync(store, _newImages);
        Assert.True(await RebuildAsync(store));

        Assert.Equal(Ids(), _embedded);
        await CheckAsync(store, _newTexts, _newImages);
    }

    [Fact]
    public async Task RebuildAsync_AnotherVectorIsOfOtherDimensions_IsRefusedAndChangesNothing()
    {
        using LocalVectorStore store = new();
        await FillAsync(store);
        VectorStoreCollection<string, Picture> wide = store.GetCollection<string, Picture>(
            "docs", new() { Properties = [new VectorStoreVectorProperty(nameof(Picture.Image), typeof(ReadOnlyMemory<float>), 5)] });

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => ((IRebuildableCollection<Picture>)wide).RebuildAsync(Rebuild(before: null)));

        Assert.Contains("has 2 dimensions, and property 'Image' has 5", refusal.Message, StringComparison.Ordinal);
        await CheckAsync(store, _texts);
    }

    private static string[] Ids() => [.. Enumerable.Range(0, Records).Select(id => $"{id}")];

    private static float[] VectorOf(EncoderInfo encoder) => [encoder.ModelId.Length, 1, 1];

    private static VectorStoreCollection<string, Picture> Pictures(LocalVectorStore store) => store.GetCollection<string, Picture>("docs");

    private static Picture Make(string id, float[] vector) => new()
    {
        Id = id,
        Text = $"text {id}",
        Vector = vector,
        Image = new float[] { id[0] - '0', 1 },
        Words = id == "0" ? null : SparseVectors.Of((id[0] - '0', 1)),
    };

    private Task<bool> RebuildAsync(LocalVectorStore store, Func<Task>? before = null) => ((IRebuildableCollection<Picture>)Pictures(store)).RebuildAsync(Rebuild(before));

    /// <summary>Embeds the texts of pictures that have no vector of theirs.</summary>
    private RecordRebuild<Picture> Rebuild(Func<Task>? before) => new()
    {
        Remake = async (pictures, _) =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            foreach (Picture picture in pictures)
            {
                Assert.Equal(2, picture.Image.Length);
                if (picture.Vector.IsEmpty)
                {
                    _embedded.Add(picture.Id);
                    picture.Vector = VectorOf(_newTexts);
                }
            }
        },
        InputOf = picture => picture.Text,
        Encoder = _newTexts,
        VectorProperty = nameof(Picture.Vector),
        BatchSize = 2,
    };

    private async Task FailAsync(LocalVectorStore store, int batches)
    {
        int left = batches;
        await Assert.ThrowsAsync<TimeoutException>(() => RebuildAsync(store, () => left-- > 0 ? Task.CompletedTask : throw new TimeoutException()));
    }

    private async Task FillAsync(LocalVectorStore store, EncoderInfo? images = null)
    {
        VectorStoreCollection<string, Picture> pictures = Pictures(store);
        await pictures.EnsureCollectionExistsAsync();
        ICollectionEncoders encoders = (ICollectionEncoders)pictures;
        await encoders.RememberAsync(_texts, nameof(Picture.Vector));
        await encoders.RememberAsync(images ?? _images, nameof(Picture.Image));
        await encoders.RememberAsync(_words, nameof(Picture.Words));
        await pictures.UpsertAsync(Ids().Select(id => Make(id, VectorOf(_texts))));
    }

    private async Task CheckAsync(LocalVectorStore store, EncoderInfo texts, EncoderInfo? images = null)
    {
        VectorStoreCollection<string, Picture> pictures = Pictures(store);
        ICollectionEncoders encoders = (ICollectionEncoders)pictures;
        Assert.True(await encoders.CheckAsync(texts, nameof(Picture.Vector)));
        Assert.True(await encoders.CheckAsync(images ?? _images, nameof(Picture.Image)));
        Assert.True(await encoders.CheckAsync(_words, nameof(Picture.Words)));
        List<Picture> all = await pictures.GetAsync(_ => true, Records * 2, new() { IncludeVectors = true }).ToListAsync();
        Assert.Equal(Ids(), all.Select(picture => picture.Id).Order(StringComparer.Ordinal));
        foreach (Picture picture in all)
        {
            Picture expected = Make(picture.Id, VectorOf(texts));
            Assert.Equal(expected.Vector.ToArray(), picture.Vector.ToArray());
            Assert.Equal(expected.Image.ToArray(), picture.Image.ToArray());
            Assert.Equal(expected.Words?.ToDense(), picture.Words?.ToDense());
        }

        Assert.Equal("3", (await pictures.SearchAsync(SparseVectors.Of((3, 1)), 1, new() { VectorProperty = picture => picture.Words }).ToListAsync()).Single().Record.Id);
    }
}
