namespace LocalRetrieval.VectorData.Collections;

/// <summary>Keeps the collections of a catalog until it is disposed: with the last lease files are flushed and closed.</summary>
internal sealed class CatalogLease : IDisposable
{
    private StoreCatalog? _catalog;

    public CatalogLease(StoreCatalog catalog)
    {
        catalog.Enter();
        _catalog = catalog;
    }

    /// <exception cref="ObjectDisposedException">The lease was given back.</exception>
    public StoreCatalog Catalog => Volatile.Read(ref _catalog) ?? throw new ObjectDisposedException(typeof(LocalVectorStore).FullName);

    public bool IsOver => Volatile.Read(ref _catalog) is null;

    public void Dispose() => Interlocked.Exchange(ref _catalog, null)?.Leave();
}
