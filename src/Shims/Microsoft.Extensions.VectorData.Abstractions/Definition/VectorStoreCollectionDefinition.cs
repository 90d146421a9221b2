using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.VectorData;

/// <summary>Describes the records of a collection, in place of attributes on the record's type.</summary>
public sealed class VectorStoreCollectionDefinition
{
    /// <summary>The properties of a record: its key, its data and its vectors.</summary>
    /// <value>Never null when read; set to null, it becomes an empty list. The default is an empty list.</value>
    [AllowNull]
    public IList<VectorStoreProperty> Properties
    {
        get => field ??= [];
        set;
    }

    /// <summary>Makes the vectors of those properties that name no generator of their own.</summary>
    /// <value>Null to use the store's. The default is null.</value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }
}
