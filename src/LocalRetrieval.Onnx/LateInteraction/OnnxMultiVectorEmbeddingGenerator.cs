using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

/// <summary>A local late interaction encoder (ColBERT): text in, a vector for each of its tokens out; <see cref="MaxSim"/> compares them.</summary>
/// <remarks>
/// <para>Queries and documents are embedded differently: <see cref="EmbeddingPropertyNames.InputType"/> in the options says which; without it, texts are documents.</para>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>, which counts documents.</para>
/// </remarks>
public sealed partial class OnnxMultiVectorEmbeddingGenerator : IEmbeddingGenerator<string, MultiVectorEmbedding>
{
    private const string ProviderName = "onnxruntime";

    private readonly OnnxEncoder _encoder;
    private readonly LateInteractionTokenizer _tokenizer;
    private readonly LateInteractionModules _modules;
    private readonly VectorModules _tokenModules;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;
    private readonly TruncationLog _queryTruncation;
    private readonly TruncationLog _documentTruncation;

    private OnnxMultiVectorEmbeddingGenerator(
        OnnxEncoder encoder, ModelFolder folder, EncoderFiles files, LateInteractionTokenizer tokenizer, LateInteractionConfig config, LateInteractionModules modules,
        OnnxMultiVectorEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        _encoder = encoder;
        _tokenizer = tokenizer;
        _modules = modules;
        AveragesQuery = config.AveragesQuery;
        _tokenModules = modules.After(encoder.OutputWidth);
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, files.ModelId, _tokenModules.OutputWidth);
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxMultiVectorEmbeddingGenerator>();
        _queryTruncation = new TruncationLog(logger, files.ModelId, tokenizer.QueryLength);
        _documentTruncation = new TruncationLog(logger, files.ModelId, tokenizer.DocumentLength);
        _info = Describe(folder, files, config);
    }

    /// <summary>Loads a late interaction encoder from a folder of PyLate, sentence-transformers or Stanford's ColBERT: config.json, tokenizer.json, the configs of these, and the graph.</summary>
    /// <param name="modelPath">The folder. A projection may be in the graph, or a Dense module.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once for queries and once for documents; null logs nothing.</param>
    /// <returns>The generator, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxMultiVectorEmbeddingGenerator Load(string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        ModelFolder folder = ModelFolder.Open(modelPath);
        return OtherKind.Load(folder, ModelKind.LateInteraction, () => LoadFrom(folder, options ?? new OnnxMultiVectorEmbeddingGeneratorOptions(), loggerFactory));
    }

    /// <summary>Loads a late interaction encoder on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<OnnxMultiVectorEmbeddingGenerator> LoadAsync(
        string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(modelPath, options, loggerFactory), cancellationToken);

    /// <summary>Embeds <paramref name="values"/>: the vectors of each text's tokens, in the input's order.</summary>
    /// <param name="values">The texts, enumerated once; none may be null. None at all gives an empty result.</param>
    /// <param name="options">AdditionalProperties may carry <see cref="EmbeddingPropertyNames.InputType"/>; Dimensions must be null or the model's own.</param>
    /// <param name="cancellationToken">Ends the work between batches and within a run.</param>
    /// <returns>Vectors of [tokens, dimensions], with the tokens read as usage; what was cut off is counted as by <see cref="OnnxEmbeddingGenerator"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A text is null or ill-formed, the message names its index; or the role is not known.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Other dimensions than the model's are asked for.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<GeneratedEmbeddings<MultiVectorEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        _encoder.ThrowIfDisposed();
        EmbeddingDimensions.RefuseOthers(options, _metadata);
        string[] texts = [.. values];
        TextValidation.Check(texts, _loneSurrogates, nameof(values));
        bool isQuery = ModelPrompts.InputType(options) switch
        {
            EmbeddingInputTypes.Query => true,
            EmbeddingInputTypes.Document or null => false,
            string other => throw new ArgumentException(
                $"AdditionalProperties[\"{EmbeddingPropertyNames.InputType}\"] is \"{other}\"; expected \"{EmbeddingInputTypes.Query}\" or \"{EmbeddingInputTypes.Document}\".", nameof(options)),
        };
        return Task.Run(() => Generate(texts, isQuery, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EncoderInfo) ? _info
            : serviceType == typeof(ITokenCounter) ? _tokenizer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model's native memory, after the runs under way.</summary>
    public void Dispose() => _encoder.Dispose();

    /// <summary>Whether the model's own score is the mean over a query's vectors, rather than the sum.</summary>
    internal bool AveragesQuery { get; }

    /// <summary>Refuses what cannot be read, as <see cref="GenerateAsync"/> does.</summary>
    internal void Check(string query, string[] documents)
    {
        _encoder.ThrowIfDisposed();
        TextValidation.Check(query, _loneSurrogates, "The query", nameof(query));
        TextValidation.Check(documents, _loneSurrogates, nameof(documents));
    }

    /// <summary>Embeds texts on this thread.</summary>
    internal GeneratedEmbeddings<MultiVectorEmbedding> Generate(string[] texts, bool isQuery, CancellationToken cancellationToken) =>
        Generate(texts, isQuery, _batchTokenBudget, cancellationToken);

    private GeneratedEmbeddings<MultiVectorEmbedding> Generate(string[] texts, bool isQuery, int budget, CancellationToken cancellationToken)
    {
        TokenizedText[] tokenized = _tokenizer.Tokenize(texts, isQuery, cancellationToken);
        MultiVectorEmbedding[] embeddings = new MultiVectorEmbedding[texts.Length];
        List<int[]> batches = BatchPlanner.ByLength(Array.ConvertAll(tokenized, text => text.Ids.Length), budget, _encoder.MaxBatchTokens);
        bool skips = isQuery ? _modules.SkipsInQueries : _modules.SkipsInDocuments;
        _encoder.RunAll(tokenized, batches, (Generator: this, Tokenized: tokenized, Embeddings: embeddings, Skips: skips), static (state, batch, output, tokens) =>
        {
            int stride = tokens * state.Generator._encoder.OutputWidth;
            for (int row = 0; row < batch.Length; row++)
            {
                state.Embeddings[batch[row]] = state.Generator.Embed(state.Tokenized[batch[row]], output.Slice(row * stride, stride), state.Skips, batch[row]);
            }
        }, cancellationToken);

        return EmbeddingResults.Create(embeddings, TextWindows.Whole(tokenized), _metadata.DefaultModelId!, isQuery ? _queryTruncation : _documentTruncation);
    }

    private MultiVectorEmbedding Embed(TokenizedText text, ReadOnlySpan<float> states, bool skips, int index)
    {
        int inputWidth = _encoder.OutputWidth;
        int width = _tokenModules.OutputWidth;
        int[] kept = [.. Enumerable.Range(0, text.Ids.Length).Where(token => !skips || !_modules.SkippedTokens.Contains(text.Ids[token]))];
        float[] vectors = new float[kept.Length * width];
        for (int i = 0; i < kept.Length; i++)
        {
            _tokenModules.Apply(states.Slice(kept[i] * inputWidth, inputWidth), vectors.AsSpan(i * width, width));
        }

        NonFiniteOutput.Refuse(vectors, _metadata.DefaultModelId!, "text", index);
        return new MultiVectorEmbedding(vectors, width);
    }

    private static OnnxMultiVectorEmbeddingGenerator LoadFrom(ModelFolder folder, OnnxMultiVectorEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "feature-extraction");
        LateInteractionConfig config = LateInteractionConfig.Read(folder);
        LateInteractionModules modules = LateInteractionModules.Read(folder, config, files.Tokenizer);
        LateInteractionTokenizer tokenizer = new(files, config, ModelPrompts.Read(folder).ByName, options.MaxTokens);
        files.RefuseAppendedToken();
        // Queries are expanded where others are padded.
        OnnxEncoder encoder = OnnxEncoder.Load(folder.GraphPath(options.GraphFile), OnnxEncoderSettings.Of(files, options, OutputKind.HiddenStates) with { MaxTokens = Math.Max(tokenizer.QueryLength, tokenizer.DocumentLength) });
        try
        {
            return new OnnxMultiVectorEmbeddingGenerator(encoder, folder, files, tokenizer, config, modules, options, loggerFactory);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }
}
