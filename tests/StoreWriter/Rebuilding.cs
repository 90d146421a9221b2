using LocalRetrieval;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;

namespace StoreWriter;

/// <summary>A collection of texts that one model embedded, and another embeds anew.</summary>
public static class Rebuilding
{
    public const int Texts = 2000;
    public const int Batch = 16;
    public const string Old = "old";
    public const string New = "new";

    public static VectorStoreCollection<int, Entry> Open(LocalVectorStore store) => store.GetCollection<int, Entry>("entries");

    public static async Task FillAsync(LocalVectorStore store)
    {
        VectorStoreCollection<int, Entry> entries = Open(store);
        await entries.EnsureCollectionExistsAsync();
        await entries.UpsertAsync(Enumerable.Range(0, Texts).Select(id => new Entry { Id = id, Text = $"the text {id}", Model = Old, Vector = VectorOf($"the text {id}", Old) }));
    }

    /// <summary>Has all texts embedded anew.</summary>
    /// <param name="store">The store.</param>
    /// <param name="begin">Told of each batch of which something is to be embedded.</param>
    /// <param name="embedded">Told of what was embedded, before the store gets it.</param>
    /// <param name="written">Told when such a batch was written.</param>
    public static Task<bool> RebuildAsync(LocalVectorStore store, Action begin, Action<IEnumerable<int>> embedded, Action written)
    {
        bool isAtWork = false;
        return ((IRebuildableCollection<Entry>)Open(store)).RebuildAsync(new RecordRebuild<Entry>
        {
            Remake = (entries, _) =>
            {
                Entry[] wanted = [.. entries.Where(entry => entry.Vector is null)];
                isAtWork = wanted.Length > 0;
                if (isAtWork)
                {
                    begin();
                    Array.ForEach(wanted, entry => entry.Vector = VectorOf(entry.Text, New));
                    embedded(wanted.Select(entry => entry.Id));
                }

                foreach (Entry entry in entries)
                {
                    entry.Model = New;
                }

                return Task.CompletedTask;
            },
            InputOf = entry => entry.Text,
            IsRemade = entry => entry.Model == New,
            Identity = New,
            BatchSize = Batch,
            Progress = new Told(() =>
            {
                if (isAtWork)
                {
                    written();
                }
            }),
        });
    }

    private static float[] VectorOf(string text, string model) =>
        [.. Enumerable.Range(0, 8).Select(dimension => (float)((text.Length * 31) + text[^1] + (text[^2] * 7) + model[dimension % model.Length] + dimension))];

    private sealed class Told(Action tell) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value) => tell();
    }
}
