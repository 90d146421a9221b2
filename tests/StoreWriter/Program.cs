using System.Globalization;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;
using StoreWriter;

if (args is ["rebuild", var path, var notes])
{
    await RebuildAsync(path, notes);
    return;
}

if (args is ["index", var folder, var firstBatch])
{
    using LocalVectorStore indexed = new(new LocalVectorStoreOptions { Path = folder });
    await IndexedPoints.RunAsync(indexed, int.Parse(firstBatch, CultureInfo.InvariantCulture), (batch, what) => Console.Out.WriteLine($"{batch} {what}"));
    return;
}

// Writes batches to a store until it is killed, and says of each that it was acknowledged. Each batch replaces the records of a row of keys and adds two of its own.
const int Shared = 50;
int first = int.Parse(args[1], CultureInfo.InvariantCulture);
using LocalVectorStore store = new(new LocalVectorStoreOptions { Path = args[0] });
VectorStoreCollection<int, Line> lines = store.GetCollection<int, Line>("lines");
await lines.EnsureCollectionExistsAsync();
for (int batch = first; ; batch++)
{
    int[] keys = [.. Enumerable.Range(0, Shared), Shared + (2 * batch), Shared + (2 * batch) + 1];
    await lines.UpsertAsync(keys.Select(key => new Line { Id = key, Batch = batch }));
    Console.Out.WriteLine(batch);
}

// Embeds a collection anew, a batch for each line that it is given, until it is killed; or all where the lines end. What was embedded stands in a file before the store gets it.
static async Task RebuildAsync(string folder, string file)
{
    using LocalVectorStore store = new(new LocalVectorStoreOptions { Path = folder });
    await Rebuilding.RebuildAsync(
        store,
        () =>
        {
            Console.In.ReadLine();
            Console.Out.WriteLine("begun");
        },
        ids =>
        {
            File.AppendAllLines(file, ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            Console.Out.WriteLine("embedded");
        },
        () => Console.Out.WriteLine("written"));
    Console.Out.WriteLine("ended");
}
