using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>A record with one vector of its text and several of its words.</summary>
public sealed class TokenNote
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsFullTextIndexed = true)]
    public string Body { get; set; } = "";

    [VectorStoreVector(2)]
    public ReadOnlyMemory<float> Vector { get; set; }

    [VectorStoreVector(FakeTokenGenerator.Dimensions)]
    public MultiVectorEmbedding? Tokens { get; set; }
}
