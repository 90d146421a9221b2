using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Info;

namespace LocalRetrieval.Onnx;

public sealed partial class OnnxTextReranker
{
    private const string ProbeQuery = "which of these texts is it?";

    private readonly EncoderInfo _info;

    private EncoderInfo Describe(ModelFolder folder, EncoderFiles files)
    {
        FingerprintSource source = EncoderSource.Of(folder, files, _encoder)
            .Add(FingerprintComponents.Prompts, null, [_prompt])
            .Add(FingerprintComponents.Pooling, $"{_scoring}");
        return new EncoderInfo(files.ModelId, source.Compute, cancellationToken =>
            BatchProbe.MeasureAsync(_tokenizer, _encoder.MaxBatchTokens, texts => ScoreInOneBatch(texts, cancellationToken), cancellationToken))
        {
            ModelPath = folder.Path,
            RequestedProvider = OnnxEncoder.Provider,
            ActiveProvider = OnnxEncoder.Provider,
            DefaultPrompt = _prompt,
            MaxTokens = _tokenizer.MaxTokensWithSpecial,
            IsHalfPrecision = _encoder.IsHalf,
        };
    }

    private float[][] ScoreInOneBatch(string[] texts, CancellationToken cancellationToken)
    {
        TokenizedText[] pairs = _tokenizer.TokenizePairs(_prompt + ProbeQuery, texts, cancellationToken);
        RerankedDocument[] scored = new RerankedDocument[texts.Length];
        _encoder.Run(pairs, [.. Enumerable.Range(0, texts.Length)], scored, ReadLogits, cancellationToken);
        return [.. scored.Select(document => new[] { document.Score, document.Logit!.Value })];
    }
}
