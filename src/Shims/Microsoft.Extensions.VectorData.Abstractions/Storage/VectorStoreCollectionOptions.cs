using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.VectorData;

/// <summary>What the options of each store's collections have in common.</summary>
public abstract class VectorStoreCollectionOptions
{
    /// <summary>Makes options with the defaults.</summary>
    protected VectorStoreCollectionOptions()
    {
    }

    /// <summary>Makes a copy.</summary>
    /// <param name="source">The options to copy, or null for the defaults.</param>
    protected VectorStoreCollectionOptions(VectorStoreCollectionOptions? source)
    {
        Definition = source?.Definition;
        EmbeddingGenerator = source?.EmbeddingGenerator;
    }

    /// <summary>Describes the records.</summary>
    /// <value>Null to read the attributes of the record's type. The default is null.</value>
    public VectorStoreCollectionDefinition? Definition { get; set; }

    /// <summary>Makes the vectors of those properties for which the definition names no generator.</summary>
    /// <value>The default is null.</value>
    public IEmbeddingGenerator? EmbeddingGenerator { get; set; }
}
