namespace LocalRetrieval.VectorData.Tests.Testing;

internal static class FakeEncoders
{
    /// <summary>An encoder of a model and a tokenizer, which are their own content.</summary>
    public static EncoderInfo Info(string model, string tokenizer = "words", int dimensions = 3, string? similarity = null) =>
        new(model, () => new EncoderFingerprint(
        [
            FingerprintComponent.Of(FingerprintComponents.Model, model, model),
            FingerprintComponent.Of(FingerprintComponents.Tokenizer, tokenizer),
        ]))
        {
            Dimensions = dimensions,
            SimilarityFunction = similarity,
        };

    public static FakeGenerator Generator(string model, string tokenizer = "words") => new() { Encoder = Info(model, tokenizer) };

    /// <summary>A store with the collections of another and a generator of its own.</summary>
    public static LocalVectorStore Sharing(LocalVectorStore store, FakeGenerator generator, bool allowOtherEncoders = false) =>
        new(new() { EmbeddingGenerator = generator, SharedWith = store, AllowOtherEncoders = allowOtherEncoders });
}
