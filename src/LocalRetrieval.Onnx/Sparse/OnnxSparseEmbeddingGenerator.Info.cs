using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Info;

namespace LocalRetrieval.Onnx;

public sealed partial class OnnxSparseEmbeddingGenerator
{
    private readonly EncoderInfo _info;

    private EncoderInfo Describe(ModelFolder folder, EncoderFiles files)
    {
        string pooling = _pooling.Sums ? "splade sum" : "splade max";
        FingerprintSource source = EncoderSource.Of(folder, files, _encoder)
            .Add(FingerprintComponents.Prompts, null, PromptSettings.Of(_prompts))
            .Add(FingerprintComponents.Pooling, pooling, [pooling, $"{_pooling.TwiceLogarithmic}", $"{_maxActiveDimensions}"])
            .Add(FingerprintComponents.Dimensions, $"{_encoder.OutputWidth}");
        return new EncoderInfo(files.ModelId, source.Compute, cancellationToken =>
            BatchProbe.MeasureAsync(_tokenizer, _encoder.MaxBatchTokens, texts => EmbedInOneBatch(texts, cancellationToken), cancellationToken))
        {
            ModelPath = folder.Path,
            RequestedProvider = OnnxEncoder.Provider,
            ActiveProvider = OnnxEncoder.Provider,
            Prompts = _prompts.ByName,
            DefaultPrompt = _prompts.Default,
            Pooling = pooling,
            SimilarityFunction = SimilarityName.Read(folder),
            Dimensions = _encoder.OutputWidth,
            MaxTokens = _tokenizer.MaxTokensWithSpecial,
            IsHalfPrecision = _encoder.IsHalf,
        };
    }

    private float[][] EmbedInOneBatch(string[] texts, CancellationToken cancellationToken) =>
        [.. Generate(texts, _prompts.Default, int.MaxValue, cancellationToken).Select(embedding => embedding.ToDense())];
}
