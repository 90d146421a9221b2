using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Gives one vector a text, pooled, projected, normalised and cut as the model's files and the request say.</summary>
internal sealed partial class DenseHead : EmbeddingHead<Embedding<float>>
{
    private readonly ITextTokenizer _tokenizer;
    private readonly ModelPrompts _prompts;
    private readonly SentencePipeline _pipeline;
    private readonly TruncationPolicy _truncation;
    private readonly ChunkWindows _windows;
    private readonly TruncationLog _truncationLog;
    private readonly MatryoshkaDimensions _dimensions;

    /// <exception cref="ArgumentOutOfRangeException">The options ask for windows that overlap wholly, or name more dimensions than the model has.</exception>
    public DenseHead(EncoderRuntime runtime, DenseModel model, DenseEncoderOptions options)
        : base(runtime, model.Tokenizer, model.Pipeline.Dimensions)
    {
        _tokenizer = model.Tokenizer;
        _prompts = model.Prompts;
        _pipeline = model.Pipeline;
        _truncation = options.Truncation;
        _windows = ChunkWindows.Create(options.Truncation, options.ChunkOverlap, _tokenizer.MaxTokens, runtime.ModelId);
        _truncationLog = new TruncationLog(runtime.Logger, runtime.ModelId, _tokenizer.MaxRowTokens ?? int.MaxValue);
        _dimensions = new MatryoshkaDimensions(options.MatryoshkaDimensions, model.Source.Config, _pipeline.Dimensions, runtime.ModelId, runtime.Logger);
        Info = Describe(model);
    }

    protected override EncoderInfo Info { get; }

    protected override EmbeddingRequest Read(EmbeddingGenerationOptions? options)
    {
        int dimensions = _dimensions.Of(options);
        string prompt = _prompts.For(options);
        return new EmbeddingRequest(prompt, dimensions)
        {
            PromptTokens = _pipeline.IncludesPrompt ? 0 : _tokenizer.CountPromptTokens(prompt),
            MaxRowTokens = _truncation == TruncationPolicy.ChunkAndPool ? null : _tokenizer.MaxRowTokens,
            ReadsAllFirst = _truncation == TruncationPolicy.Throw,
        };
    }

    protected override TextWindows Tokenize(string[] texts, EmbeddingRequest request, CancellationToken cancellationToken)
    {
        if (_truncation == TruncationPolicy.ChunkAndPool)
        {
            int[] prompt = _tokenizer.Encode(request.Prompt);
            return TextWindows.Of(Runtime.Tokenize(texts, text => _tokenizer.TokenizeWindows(request.Prompt + text, prompt, _windows), cancellationToken));
        }

        TokenizedText[] tokenized = Runtime.Tokenize(texts, text => _tokenizer.Tokenize(request.Prompt + text), cancellationToken);
        if (_truncation == TruncationPolicy.Throw)
        {
            TruncationRefusal.Check(tokenized, Runtime.ModelId, "values");
        }

        return TextWindows.Whole(tokenized);
    }

    protected override Embedding<float> Embed(TokenizedText row, ReadOnlySpan<float> output, EmbeddingRequest request, int index)
    {
        // The windows of a text are pooled before they are cut.
        int dimensions = row.IsWindow ? _pipeline.Dimensions : request.Dimensions;
        float[] vector = _pipeline.Embed(_pipeline.CutsFirst ? output[..dimensions] : output, request.PromptTokens);
        Runtime.RefuseNonFinite(vector, request.Input, index);
        return new Embedding<float>(dimensions < vector.Length ? _pipeline.Cut(vector, dimensions) : vector);
    }

    protected override Embedding<float> Pool(ReadOnlySpan<TokenizedText> windows, ReadOnlySpan<Embedding<float>> embeddings, EmbeddingRequest request) =>
        new(_pipeline.Cut(TextWindows.Mean(windows, embeddings), request.Dimensions));

    protected override TruncationLog Truncation(EmbeddingRequest request) => _truncationLog;

    protected override float[] Numbers(Embedding<float> embedding) => embedding.Vector.ToArray();

    private EncoderInfo Describe(DenseModel model)
    {
        FingerprintSource fingerprint = model.Source.Fingerprint(Runtime)
            .Add(FingerprintComponents.Prompts, null, PromptSettings.Of(_prompts))
            .Add(FingerprintComponents.Pooling, model.Pooling, [.. model.PoolingSettings, .. _windows.Settings], model.PoolingFiles)
            .Add(FingerprintComponents.Normalization, _pipeline.Normalizes ? "normalized" : "not normalized")
            .Add(FingerprintComponents.Dimensions, $"{_pipeline.Dimensions}");
        return new EncoderDescription(model.Source, fingerprint)
        {
            TokenCounter = _tokenizer,
            RunTogether = RunTogetherAsync,
            RowTokens = RowTokens,
            Prompts = _prompts.ByName,
            DefaultPrompt = _prompts.Default,
            Pooling = model.Pooling,
            IsNormalized = _pipeline.Normalizes,
            SimilarityFunction = SimilarityName.Read(model.Source.Folder),
            Dimensions = _pipeline.Dimensions,
            MaxTokens = _tokenizer.MaxRowTokens,
        }.ToInfo(Runtime);
    }
}
