using LocalRetrieval.Static.Loading;

namespace LocalRetrieval.Static;

public sealed partial class StaticEmbeddingGenerator
{
    private readonly EncoderInfo _info;

    private EncoderInfo Describe(StaticModelFolder folder, StaticModel model, string modelId)
    {
        ModelFolder files = folder.Files;
        string layout = folder.IsModel2Vec ? "model2vec" : "StaticEmbedding";
        FingerprintSource source = new FingerprintSource()
            .Add(FingerprintComponents.Model, modelId, [layout], files.Require(StaticModelFolder.WeightsFile))
            .Add(FingerprintComponents.Tokenizer, null, [layout], files.TokenizerPath)
            .Add(FingerprintComponents.Prompts, null, PromptSettings.Of(model.Prompts))
            .Add(FingerprintComponents.Pooling, "mean", ["mean", .. _windows.Settings])
            .Add(FingerprintComponents.Normalization, model.SmallestNorm is null ? "not normalized" : "normalized")
            .Add(FingerprintComponents.Dimensions, $"{model.Vectors.Dimensions}");
        return new EncoderInfo(modelId, source.Compute, cancellationToken => BatchProbe.MeasureAsync(
            _tokenCounter, int.MaxValue, texts => EmbedTogether(texts, cancellationToken), cancellationToken))
        {
            ModelPath = files.Path,
            Prompts = model.Prompts.ByName,
            DefaultPrompt = model.Prompts.Default,
            Pooling = "mean",
            IsNormalized = model.SmallestNorm is not null,
            SimilarityFunction = SimilarityName.Read(files),
            Dimensions = model.Vectors.Dimensions,
            MaxTokens = model.Tokenizer.MaxTokensWithPrompt,
            IsHalfPrecision = model.Vectors.IsHalf,
        };
    }

    private float[][] EmbedTogether(string[] texts, CancellationToken cancellationToken)
    {
        StaticModel model = Volatile.Read(ref _model) ?? throw new ObjectDisposedException(nameof(StaticEmbeddingGenerator));
        return [.. Generate(model, texts, model.Prompts.Default, model.Vectors.Dimensions, cancellationToken).Select(embedding => embedding.Vector.ToArray())];
    }
}
