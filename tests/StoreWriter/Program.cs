using System.Globalization;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.VectorData;
using StoreWriter;

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
