using System.Buffers.Binary;
using LocalRetrieval.Testing;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Onnx.Tests.Inference;

/// <summary>Models whose vector of one token is NaN: only the text that has it is named.</summary>
public sealed class PoisonedModelTests
{
    // The word embeddings of the tiny models as ONNX writes them: field 9, bytes, of 3,000 tokens * 32 floats.
    private static readonly byte[] EmbeddingsTag = [0x4A, 0x80, 0xB8, 0x17];
    private static readonly string[] Texts = ["fine", "fine as well", "a cat z", "fine again"];

    [Fact]
    public async Task GenerateAsync_NaNInOneText_NamesIt()
    {
        using TemporaryModel dense = Poisoned("dense-tanh");
        using TemporaryModel sparse = Poisoned("splade-mlm");
        using TemporaryModel multiVector = Poisoned("colbert");
        using OnnxEmbeddingGenerator embeddings = OnnxEmbeddingGenerator.Load(dense.Path);
        using OnnxSparseEmbeddingGenerator weights = OnnxSparseEmbeddingGenerator.Load(sparse.Path);
        using OnnxMultiVectorEmbeddingGenerator vectors = OnnxMultiVectorEmbeddingGenerator.Load(multiVector.Path);

        foreach (Func<Task> generate in new Func<Task>[] { () => embeddings.GenerateAsync(Texts), () => weights.GenerateAsync(Texts), () => vectors.GenerateAsync(Texts) })
        {
            Assert.Contains("text at index 2", (await Assert.ThrowsAsync<InvalidOperationException>(generate)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await embeddings.GenerateAsync(Texts.Where((_, index) => index != 2))).Count);
    }

    [Fact]
    public async Task RerankAsync_NaNInOneDocument_NamesIt()
    {
        using TemporaryModel model = Poisoned("reranker-two-logits");
        using OnnxTextReranker reranker = OnnxTextReranker.Load(model.Path);

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => reranker.RerankAsync("fine", Texts));

        Assert.Contains("document at index 2", exception.Message, StringComparison.Ordinal);
    }

    private static TemporaryModel Poisoned(string name)
    {
        TemporaryModel model = TestModels.Copy(name);
        int token = Tokenizer.Load(model.Path).TokenToId("z") ?? throw new InvalidOperationException("The tiny tokenizers know 'z'.");
        byte[] graph = File.ReadAllBytes(model.File("onnx/model.onnx"));
        int embeddings = graph.AsSpan().IndexOf(EmbeddingsTag) + EmbeddingsTag.Length;
        for (int i = 0; i < 32; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(graph.AsSpan(embeddings + (((token * 32) + i) * sizeof(float))), float.NaN);
        }

        File.WriteAllBytes(model.File("onnx/model.onnx"), graph);
        return model;
    }
}
