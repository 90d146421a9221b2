using System.Globalization;
using LocalRetrieval.VectorData.Storage;

namespace LocalRetrieval.VectorData;

public sealed partial class LocalVectorStoreCollection<TKey, TRecord> : ICollectionVersion
{
    ValueTask<string?> ICollectionVersion.GetVersionAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? ValueTask.FromCanceled<string?>(cancellationToken)
        : ValueTask.FromResult(_store.FindTable(Name) is { } table ? Describe(table) : null);

    private static string Describe(Table table) => string.Create(CultureInfo.InvariantCulture, $"{table.Number}.{table.Read().Generation}");
}
