namespace Microsoft.Extensions.VectorData;

/// <summary>Says which collection a <see cref="VectorStoreCollection{TKey, TRecord}"/> is.</summary>
public class VectorStoreCollectionMetadata
{
    /// <summary>The system's name, as OpenTelemetry's <c>db.system.name</c> has it.</summary>
    public string? VectorStoreSystemName { get; init; }

    /// <summary>The name of the store that holds the collection, such as a database's.</summary>
    public string? VectorStoreName { get; init; }

    /// <summary>The collection's name.</summary>
    public string? CollectionName { get; init; }
}
