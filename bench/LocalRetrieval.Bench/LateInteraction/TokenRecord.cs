using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Bench.LateInteraction;

/// <summary>A document with the vectors of its tokens.</summary>
internal sealed class TokenRecord
{
    [VectorStoreKey]
    public string Id { get; set; } = "";

    [VectorStoreVector(TokenStates.Dimensions)]
    public MultiVectorEmbedding? Tokens { get; set; }
}
