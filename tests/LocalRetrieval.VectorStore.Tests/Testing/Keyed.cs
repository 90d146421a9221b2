using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>A record with a key of any type and no vector.</summary>
public sealed class Keyed<TKey>
{
    [VectorStoreKey]
    public TKey Id { get; set; } = default!;
}
