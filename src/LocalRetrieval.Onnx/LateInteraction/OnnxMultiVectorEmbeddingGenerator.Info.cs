using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Info;

namespace LocalRetrieval.Onnx;

public sealed partial class OnnxMultiVectorEmbeddingGenerator
{
    private readonly EncoderInfo _info;

    private EncoderInfo Describe(ModelFolder folder, EncoderFiles files, LateInteractionConfig config)
    {
        bool isNormalized = _modules.TokenModules is [.., NormalizeModule];
        Dictionary<string, string> prompts = new(ModelPrompts.Read(folder).ByName, StringComparer.Ordinal);
        prompts.TryAdd(EmbeddingInputTypes.Query, config.QueryPrefix ?? "");
        prompts.TryAdd(EmbeddingInputTypes.Document, config.DocumentPrefix ?? "");
        string[] settings =
        [
            $"{config.Expands} {config.AttendsToExpansion} {_tokenizer.QueryLength} {config.AveragesQuery} {_modules.SkipsInQueries} {_modules.SkipsInDocuments} {_encoder.OutputWidth}",
            string.Join(' ', _modules.SkippedTokens.Order()), .. EncoderSource.ModuleKinds(folder),
        ];
        // Queries may be expanded as sentence_bert_config.json says.
        string[] expansion = files.Sentence.Json is { } sentence && sentence.Names.Contains("query_expansion") ? [sentence.File] : [];
        FingerprintSource source = EncoderSource.Of(folder, files, _encoder)
            .Add(FingerprintComponents.Prompts, null, [prompts[EmbeddingInputTypes.Query], prompts[EmbeddingInputTypes.Document]])
            .Add(FingerprintComponents.Pooling, null, settings, [.. EncoderSource.ModuleFiles(folder), .. expansion])
            .Add(FingerprintComponents.Normalization, isNormalized ? "normalized" : "not normalized")
            .Add(FingerprintComponents.Dimensions, $"{_tokenModules.OutputWidth}");
        return new EncoderInfo(files.ModelId, source.Compute, cancellationToken =>
            BatchProbe.MeasureAsync(_tokenizer, _encoder.MaxBatchTokens, texts => EmbedInOneBatch(texts, cancellationToken), cancellationToken))
        {
            ModelPath = folder.Path,
            RequestedProvider = OnnxEncoder.Provider,
            ActiveProvider = OnnxEncoder.Provider,
            Prompts = prompts,
            IsNormalized = isNormalized,
            SimilarityFunction = SimilarityName.Read(folder),
            Dimensions = _tokenModules.OutputWidth,
            MaxTokens = _tokenizer.DocumentLength,
            IsHalfPrecision = _encoder.IsHalf,
        };
    }

    private float[][] EmbedInOneBatch(string[] texts, CancellationToken cancellationToken) =>
        [.. Generate(texts, isQuery: false, int.MaxValue, cancellationToken).Select(embedding => embedding.Vectors.ToArray())];
}
