using System.Buffers;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Pools the logits of a text's tokens to weights of the vocabulary.</summary>
internal sealed class SparseHead : EmbeddingHead<SparseEmbedding>
{
    private readonly EncoderTokenizer _tokenizer;
    private readonly ModelPrompts _prompts;
    private readonly SpladePooling _pooling;
    private readonly int? _maxActiveDimensions;
    private readonly TruncationLog _truncationLog;

    private SparseHead(EncoderRuntime runtime, EncoderFiles files, EncoderTokenizer tokenizer, ModelPrompts prompts, SpladePooling pooling, SparseEncoderOptions options)
        : base(runtime, tokenizer, runtime.Backend.OutputWidth)
    {
        if (pooling.Dimensions is { } expected && expected != runtime.Backend.OutputWidth)
        {
            throw new InvalidDataException(
                $"SpladePooling's config.json gives embedding_dimension {expected}, but the model of {files.Config.File} gives {runtime.Backend.OutputWidth} logits a token. The files are of different models.");
        }

        _tokenizer = tokenizer;
        _prompts = prompts;
        _pooling = pooling;
        _maxActiveDimensions = options.MaxActiveDimensions;
        _truncationLog = new TruncationLog(runtime.Logger, runtime.ModelId, files.MaxTokens);
        Info = Describe(files);
    }

    protected override EncoderInfo Info { get; }

    /// <summary>Reads a sparse encoder from its folder.</summary>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported.</exception>
    public static EncoderPlan<SparseHead> Read(ModelFolder folder, SparseEncoderOptions options)
    {
        SpladePooling pooling = SpladePooling.Read(folder);
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "fill-mask");
        files.Sentence.RefuseLengthsByRole();
        ModelPrompts prompts = ModelPrompts.Read(folder);
        return new EncoderPlan<SparseHead>(files, [OutputKind.TokenLogits], runtime =>
            new SparseHead(runtime, files, new EncoderTokenizer(files, pairs: false, prompts.Longest), prompts, pooling, options));
    }

    protected override EmbeddingRequest Read(EmbeddingGenerationOptions? options)
    {
        EmbeddingDimensions.RefuseOthers(options, Runtime.Backend.OutputWidth, Runtime.ModelId);
        return new EmbeddingRequest(_prompts.For(options), Runtime.Backend.OutputWidth) { MaxRowTokens = _tokenizer.MaxRowTokens };
    }

    protected override TextWindows Tokenize(string[] texts, EmbeddingRequest request, CancellationToken cancellationToken) =>
        TextWindows.Whole(Runtime.Tokenize(texts, text => _tokenizer.Tokenize(request.Prompt + text), cancellationToken));

    protected override SparseEmbedding Embed(TokenizedText row, ReadOnlySpan<float> output, EmbeddingRequest request, int index)
    {
        float[] weights = ArrayPool<float>.Shared.Rent(request.Dimensions);
        try
        {
            Span<float> pooled = weights.AsSpan(0, request.Dimensions);
            _pooling.Pool(output, pooled);
            Runtime.RefuseNonFinite(pooled, request.Input, index);
            return SparseWeights.Select(pooled, _maxActiveDimensions);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(weights);
        }
    }

    protected override TruncationLog Truncation(EmbeddingRequest request) => _truncationLog;

    protected override float[] Numbers(SparseEmbedding embedding) => embedding.ToDense();

    private EncoderInfo Describe(EncoderFiles files)
    {
        string pooling = _pooling.Sums ? "splade sum" : "splade max";
        FingerprintSource fingerprint = files.Source.Fingerprint(Runtime)
            .Add(FingerprintComponents.Prompts, null, PromptSettings.Of(_prompts))
            .Add(FingerprintComponents.Pooling, pooling, [pooling, $"{_pooling.TwiceLogarithmic}", $"{_maxActiveDimensions}"])
            .Add(FingerprintComponents.Dimensions, $"{Runtime.Backend.OutputWidth}");
        return new EncoderDescription(files.Source, fingerprint)
        {
            TokenCounter = _tokenizer,
            RunTogether = RunTogetherAsync,
            RowTokens = RowTokens,
            Prompts = _prompts.ByName,
            DefaultPrompt = _prompts.Default,
            Pooling = pooling,
            SimilarityFunction = SimilarityName.Read(files.Folder),
            Dimensions = Runtime.Backend.OutputWidth,
            MaxTokens = files.MaxTokens,
        }.ToInfo(Runtime);
    }
}
