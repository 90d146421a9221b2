using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Embeddings.Quantization;

public sealed class EmbeddingQuantizationExtensionsTests : IDisposable
{
    private static readonly SByteCalibration Calibration = new(new float[] { -1, -1, 0 }, new float[] { 1, 1, 2 });

    private readonly FakeEmbeddingGenerator _generator = new((text, _) => [0.5f, -0.25f, text.Length]);

    [Fact]
    public async Task AsBinary_MiniLmEmbeddings_EqualSentenceTransformersBytes()
    {
        QuantizationGoldens goldens = new();
        Dictionary<string, float[]> vectors = goldens.Texts.Zip(goldens.Embeddings).ToDictionary();
        using FakeEmbeddingGenerator generator = new((text, _) => vectors[text]);
        int[][] expected = goldens.Rows("ubinary");

        GeneratedEmbeddings<BinaryEmbedding> embeddings = await generator.AsBinary().GenerateAsync(goldens.Texts.Take(expected.Length));

        Assert.Equal(expected, embeddings.Select(embedding => Array.ConvertAll(embedding.ToPackedBytes(), value => (int)value)));
        Assert.Equal(goldens.Rows("binary"), embeddings.Select(embedding => Array.ConvertAll(embedding.ToPackedBytes(), value => value - 128)));
        Assert.Equal(384, embeddings[0].Dimensions);
    }

    [Fact]
    public void ToPackedBytes_DimensionsThatFillNoByte_AreFilledUpWithZeros() =>
        Assert.Equal([0b1010_0000, 0b1000_0000], new BinaryEmbedding(new([true, false, true, false, false, false, false, false, true])).ToPackedBytes());

    [Fact]
    public async Task AsBinary_Zero_IsNotSet()
    {
        using FakeEmbeddingGenerator generator = new((_, _) => [0, -0f, float.Epsilon]);

        Assert.Equal([false, false, true], (await generator.AsBinary().GenerateAsync(["a"]))[0].Vector.Cast<bool>());
    }

    [Fact]
    public async Task AsHalf_Vectors_AreRounded()
    {
        using FakeEmbeddingGenerator generator = new((_, _) => [0.1f, -65504, 1e-9f]);

        Assert.Equal([(Half)0.1f, Half.MinValue, (Half)0], (await generator.AsHalf().GenerateAsync(["a"]))[0].Vector.ToArray());
    }

    [Fact]
    public async Task AsHalf_ValueBeyondItsRange_IsRefusedByDimension()
    {
        using FakeEmbeddingGenerator generator = new((_, _) => [1, 70000]);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => generator.AsHalf().GenerateAsync(["a"]));

        Assert.Contains("Dimension 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsSByte_Vectors_AreSpreadOverTheCalibration() =>
        Assert.Equal([63, -33, -1], (await _generator.AsSByte(Calibration).GenerateAsync(["a"]))[0].Vector.ToArray());

    [Fact]
    public void AsSByte_NoCalibration_IsRefused() => Assert.Throws<ArgumentNullException>(() => _generator.AsSByte(null!));

    [Fact]
    public async Task As_EveryKind_HandsOnOptionsUsageAndProperties()
    {
        await AssertHandsOn(_generator.AsHalf());
        await AssertHandsOn(_generator.AsSByte(Calibration));
        await AssertHandsOn(_generator.AsBinary());
    }

    [Fact]
    public void As_EveryKind_GivesItsOwnAndTheGeneratorsServices()
    {
        IEmbeddingGenerator<string, Embedding<Half>> half = _generator.AsHalf();

        Assert.Same(half, half.GetService<IEmbeddingGenerator<string, Embedding<Half>>>());
        Assert.Same(half, half.GetService<IEmbeddingGenerator>());
        Assert.Same(_generator, half.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Same(_generator.Metadata, half.GetService<EmbeddingGeneratorMetadata>());
        Assert.Null(half.GetService(typeof(IEmbeddingGenerator<string, Embedding<Half>>), "key"));
        half.Dispose();
        Assert.Equal(1, _generator.Disposals);
    }

    [Fact]
    public async Task As_Role_ReachesTheModel()
    {
        using FakeEmbeddingGenerator generator = new((_, role) => [role == "query" ? 1 : -1]);
        IEmbeddingGenerator<string, BinaryEmbedding> binary = generator.AsBinary();

        Assert.True((await binary.GenerateQueryAsync("a")).Vector[0]);
        Assert.False((await binary.GenerateDocumentsAsync(["a"]))[0].Vector[0]);
    }

    public void Dispose() => _generator.Dispose();

    private async Task AssertHandsOn<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> generator)
        where TEmbedding : Embedding
    {
        EmbeddingGenerationOptions options = new();

        GeneratedEmbeddings<TEmbedding> embeddings = await generator.GenerateAsync(["a", "bb"], options);

        Assert.Same(options, _generator.Calls[^1].Options);
        Assert.Equal(2, embeddings.Usage!.InputTokenCount);
        Assert.Equal(2, embeddings.AdditionalProperties!["texts"]);
        Assert.Equal(["a", "bb"], embeddings.Select(embedding => embedding.AdditionalProperties!["text"]));
        Assert.All(embeddings, embedding =>
        {
            Assert.Equal("fake-model", embedding.ModelId);
            Assert.Equal(DateTimeOffset.UnixEpoch, embedding.CreatedAt);
            Assert.Equal(3, embedding.Dimensions);
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], null, new CancellationToken(canceled: true)));
    }
}
