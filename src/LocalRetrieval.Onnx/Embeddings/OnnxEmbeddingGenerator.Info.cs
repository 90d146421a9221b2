using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Info;

namespace LocalRetrieval.Onnx;

public sealed partial class OnnxEmbeddingGenerator
{
    private readonly EncoderInfo _info;

    private EncoderInfo Describe(ModelFolder folder, EncoderFiles files, SentenceModules modules)
    {
        string pooling = modules.Pooling?.Name ?? "graph";
        string[] settings = [pooling, $"{modules.Pooling?.IncludesPrompt}", $"{_encoder.OutputWidth}", .. EncoderSource.ModuleKinds(folder), .. _windows.Settings];
        FingerprintSource source = EncoderSource.Of(folder, files, _encoder)
            .Add(FingerprintComponents.Prompts, null, PromptSettings.Of(_prompts))
            .Add(FingerprintComponents.Pooling, pooling, settings, modules.Pooling is null ? [] : EncoderSource.ModuleFiles(folder))
            .Add(FingerprintComponents.Normalization, modules.Normalizes ? "normalized" : "not normalized")
            .Add(FingerprintComponents.Dimensions, $"{_pipeline.Dimensions}");
        return new EncoderInfo(files.ModelId, source.Compute, cancellationToken =>
            BatchProbe.MeasureAsync(_tokenizer, _encoder.MaxBatchTokens, texts => EmbedInOneBatch(texts, cancellationToken), cancellationToken))
        {
            ModelPath = folder.Path,
            RequestedProvider = OnnxEncoder.Provider,
            ActiveProvider = OnnxEncoder.Provider,
            Prompts = _prompts.ByName,
            DefaultPrompt = _prompts.Default,
            Pooling = pooling,
            IsNormalized = modules.Normalizes,
            SimilarityFunction = SimilarityName.Read(folder),
            Dimensions = _pipeline.Dimensions,
            MaxTokens = _tokenizer.MaxTokensWithSpecial,
            IsHalfPrecision = _encoder.IsHalf,
        };
    }

    // Whatever the budget: what is measured is what a batch does.
    private float[][] EmbedInOneBatch(string[] texts, CancellationToken cancellationToken)
    {
        TokenizedText[] tokenized = _tokenizer.Tokenize(texts, _prompts.Default, cancellationToken);
        float[][] vectors = new float[texts.Length][];
        _encoder.Run(tokenized, [.. Enumerable.Range(0, texts.Length)], (Generator: this, Tokenized: tokenized, Vectors: vectors), static (state, batch, output, tokens) =>
        {
            for (int row = 0; row < batch.Length; row++)
            {
                ReadOnlySpan<float> own = state.Generator.Row(output, row, tokens, state.Tokenized[batch[row]].Ids.Length);
                state.Vectors[batch[row]] = state.Generator._pipeline.Embed(own, promptTokens: 0);
            }
        }, cancellationToken);
        return vectors;
    }
}
