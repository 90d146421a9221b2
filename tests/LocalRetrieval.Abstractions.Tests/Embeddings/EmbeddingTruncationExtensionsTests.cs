using System.Text.Json;
using LocalRetrieval.Testing;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Abstractions.Tests.Embeddings;

public sealed class EmbeddingTruncationExtensionsTests
{
    public static TheoryData<object> Sevens => [7L, 7, 7.0, "7", JsonSerializer.SerializeToElement(7), JsonSerializer.SerializeToElement("7")];

    [Theory]
    [MemberData(nameof(Sevens))]
    public void GetDroppedTokens_NumberOfAnyType_IsRead(object value)
    {
        Embedding<float> embedding = new(new float[1]) { AdditionalProperties = new() { [EmbeddingPropertyNames.DroppedTokens] = value } };

        Assert.Equal(7, embedding.GetDroppedTokens());
        Assert.Equal(1, embedding.GetWindows());
    }

    [Fact]
    public void GetDroppedTokens_NoNumber_IsRefusedByName()
    {
        Embedding<float> embedding = new(new float[1]) { AdditionalProperties = new() { [EmbeddingPropertyNames.DroppedTokens] = "many" } };

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => embedding.GetDroppedTokens());

        Assert.Contains("\"dropped_tokens\"", ErrorMessages.AssertReadable(exception), StringComparison.Ordinal);
        Assert.Contains("many", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetFacts_NothingSaid_IsAWholeTextReadAtOnce()
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = [new(new float[1]), new(new float[1]) { AdditionalProperties = new() { ["other"] = 5, [EmbeddingPropertyNames.DroppedTokens] = null } }];

        Assert.All(embeddings, embedding => Assert.Equal((0, 1), (embedding.GetDroppedTokens(), embedding.GetWindows())));
        Assert.Equal((0, 0), (embeddings.GetDroppedTokens(), embeddings.GetTruncatedTexts()));
    }

    // The cache stores embeddings one by one, as JSON, and knows nothing of the result that they came in.
    [Fact]
    public async Task GetFacts_FromADistributedCache_AreThoseOfTheGenerator()
    {
        DictionaryCache stored = new();
        using CuttingGenerator generator = new(mostLetters: 3);
        using IEmbeddingGenerator<string, Embedding<float>> cached = generator.AsBuilder().UseDistributedCache(stored).Build();
        string[] texts = ["abcdefg", "a", "abcd"];
        await cached.GenerateAsync(texts);

        GeneratedEmbeddings<Embedding<float>> hits = await cached.GenerateAsync(texts);

        Assert.Equal(1, generator.Calls);
        Assert.Equal(3, stored.Count);
        Assert.Equal([4, 0, 1], hits.Select(embedding => embedding.GetDroppedTokens()));
        Assert.Equal([7, 1, 4], hits.Select(embedding => embedding.GetWindows()));
        Assert.Equal(5, hits.GetDroppedTokens());
        Assert.Equal(2, hits.GetTruncatedTexts());
    }

    [Fact]
    public void GetFacts_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("embedding", () => ((Embedding)null!).GetDroppedTokens());
        Assert.Throws<ArgumentNullException>("embedding", () => ((Embedding)null!).GetWindows());
        Assert.Throws<ArgumentNullException>("embeddings", () => ((GeneratedEmbeddings<Embedding<float>>)null!).GetDroppedTokens());
        Assert.Throws<ArgumentNullException>("embeddings", () => ((GeneratedEmbeddings<Embedding<float>>)null!).GetTruncatedTexts());
    }

    // Reads so many letters of each text, in as many windows as the text has letters.
    private sealed class CuttingGenerator(int mostLetters) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Calls { get; private set; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(new float[] { text.Length })
            {
                AdditionalProperties = text.Length == 1 ? null : new()
                {
                    [EmbeddingPropertyNames.DroppedTokens] = (long)(text.Length - mostLetters), [EmbeddingPropertyNames.Windows] = (long)text.Length,
                },
            })));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
