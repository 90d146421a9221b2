using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Gives the vectors of a text's tokens, for late interaction.</summary>
internal sealed class MultiVectorHead : EmbeddingHead<MultiVectorEmbedding>
{
    private readonly LateInteractionTokenizer _tokenizer;
    private readonly LateInteractionModules _modules;
    private readonly VectorModules _tokenModules;
    private readonly TruncationLog _queryTruncation;
    private readonly TruncationLog _documentTruncation;

    private MultiVectorHead(EncoderRuntime runtime, EncoderFiles files, LateInteractionTokenizer tokenizer, LateInteractionConfig config, LateInteractionModules modules, VectorModules tokenModules)
        : base(runtime, tokenizer, tokenModules.OutputWidth)
    {
        _tokenizer = tokenizer;
        _modules = modules;
        _tokenModules = tokenModules;
        AveragesQuery = config.AveragesQuery;
        _queryTruncation = new TruncationLog(runtime.Logger, runtime.ModelId, tokenizer.QueryLength);
        _documentTruncation = new TruncationLog(runtime.Logger, runtime.ModelId, tokenizer.DocumentLength);
        Info = Describe(files, config);
    }

    /// <summary>Whether the model's own score is the mean over a query's vectors, rather than the sum.</summary>
    public bool AveragesQuery { get; }

    protected override EncoderInfo Info { get; }

    /// <summary>Reads a late interaction encoder from its folder.</summary>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported.</exception>
    public static EncoderPlan<MultiVectorHead> Read(ModelFolder folder, EncoderOptions options)
    {
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "feature-extraction");
        LateInteractionConfig config = LateInteractionConfig.Read(folder);
        LateInteractionModules modules = LateInteractionModules.Read(folder, config, files.Tokenizer);
        LateInteractionTokenizer tokenizer = new(files, config, ModelPrompts.Read(folder).ByName, options.MaxTokens);
        // Queries are expanded where others are padded.
        files.RefuseAppendedToken();
        return new EncoderPlan<MultiVectorHead>(files, [OutputKind.HiddenStates], runtime =>
            new MultiVectorHead(runtime, files, tokenizer, config, modules, modules.After(runtime.Backend.OutputWidth)))
        {
            MaxTokens = Math.Max(tokenizer.QueryLength, tokenizer.DocumentLength),
        };
    }

    /// <summary>The request for the documents of a reranking from <paramref name="firstIndex"/> on.</summary>
    public EmbeddingRequest Documents(int firstIndex, RunRequest run) => new("", _tokenModules.OutputWidth) { Input = "document", Parameter = "documents", MaxRowTokens = _tokenizer.DocumentLength, FirstIndex = firstIndex, Run = run };

    /// <summary>The request for the query of a reranking.</summary>
    public EmbeddingRequest Query(RunRequest run) => new("", _tokenModules.OutputWidth) { Input = "query", Parameter = "query", IsQuery = true, Run = run };

    protected override EmbeddingRequest Read(EmbeddingGenerationOptions? options)
    {
        EmbeddingDimensions.RefuseOthers(options, _tokenModules.OutputWidth, Runtime.ModelId);
        return new EmbeddingRequest("", _tokenModules.OutputWidth)
        {
            MaxRowTokens = Math.Max(_tokenizer.QueryLength, _tokenizer.DocumentLength),
            IsQuery = ModelPrompts.InputType(options) switch
            {
                EmbeddingInputTypes.Query => true,
                EmbeddingInputTypes.Document or null => false,
                string other => throw new ArgumentException(
                    $"AdditionalProperties[\"{EmbeddingPropertyNames.InputType}\"] is \"{other}\"; expected \"{EmbeddingInputTypes.Query}\" or \"{EmbeddingInputTypes.Document}\".", nameof(options)),
            },
        };
    }

    protected override TextWindows Tokenize(string[] texts, EmbeddingRequest request, CancellationToken cancellationToken) =>
        TextWindows.Whole(Runtime.Tokenize(texts, text => _tokenizer.Tokenize(text, request.IsQuery), cancellationToken));

    protected override MultiVectorEmbedding Embed(TokenizedText row, ReadOnlySpan<float> output, EmbeddingRequest request, int index)
    {
        int inputWidth = Runtime.Backend.OutputWidth;
        int width = _tokenModules.OutputWidth;
        bool skips = request.IsQuery ? _modules.SkipsInQueries : _modules.SkipsInDocuments;
        int[] kept = [.. Enumerable.Range(0, row.Ids.Length).Where(token => !skips || !_modules.SkippedTokens.Contains(row.Ids[token]))];
        float[] vectors = new float[kept.Length * width];
        for (int i = 0; i < kept.Length; i++)
        {
            _tokenModules.Apply(output.Slice(kept[i] * inputWidth, inputWidth), vectors.AsSpan(i * width, width));
        }

        Runtime.RefuseNonFinite(vectors, request.Input, index);
        return new MultiVectorEmbedding(vectors, width);
    }

    protected override TruncationLog Truncation(EmbeddingRequest request) => request.IsQuery ? _queryTruncation : _documentTruncation;

    protected override float[] Numbers(MultiVectorEmbedding embedding) => embedding.Vectors.ToArray();

    private EncoderInfo Describe(EncoderFiles files, LateInteractionConfig config)
    {
        bool isNormalized = _modules.TokenModules is [.., NormalizeModule];
        Dictionary<string, string> prompts = new(ModelPrompts.Read(files.Folder).ByName, StringComparer.Ordinal);
        prompts.TryAdd(EmbeddingInputTypes.Query, config.QueryPrefix ?? "");
        prompts.TryAdd(EmbeddingInputTypes.Document, config.DocumentPrefix ?? "");
        string[] settings =
        [
            $"{config.Expands} {config.AttendsToExpansion} {_tokenizer.QueryLength} {config.AveragesQuery} {_modules.SkipsInQueries} {_modules.SkipsInDocuments} {Runtime.Backend.OutputWidth}",
            string.Join(' ', _modules.SkippedTokens.Order()), .. ModuleFiles.Kinds(files.Folder),
        ];
        // Queries may be expanded as sentence_bert_config.json says.
        string[] expansion = files.Sentence.Json is { } sentence && sentence.Names.Contains("query_expansion") ? [sentence.File] : [];
        FingerprintSource fingerprint = files.Source.Fingerprint(Runtime)
            .Add(FingerprintComponents.Prompts, null, [prompts[EmbeddingInputTypes.Query], prompts[EmbeddingInputTypes.Document]])
            .Add(FingerprintComponents.Pooling, null, settings, [.. ModuleFiles.Paths(files.Folder), .. expansion])
            .Add(FingerprintComponents.Normalization, isNormalized ? "normalized" : "not normalized")
            .Add(FingerprintComponents.Dimensions, $"{_tokenModules.OutputWidth}");
        return new EncoderDescription(files.Source, fingerprint)
        {
            TokenCounter = _tokenizer,
            RunTogether = RunTogetherAsync,
            RowTokens = RowTokens,
            Prompts = prompts,
            IsNormalized = isNormalized,
            SimilarityFunction = SimilarityName.Read(files.Folder),
            Dimensions = _tokenModules.OutputWidth,
            MaxTokens = _tokenizer.DocumentLength,
        }.ToInfo(Runtime);
    }
}
