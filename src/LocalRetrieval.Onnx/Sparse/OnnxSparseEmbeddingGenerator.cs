using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

/// <summary>A local sparse encoder (SPLADE): text in, weights of the vocabulary's tokens out.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed partial class OnnxSparseEmbeddingGenerator : IEmbeddingGenerator<string, SparseEmbedding>
{
    private const string ProviderName = "onnxruntime";

    private readonly OnnxEncoder _encoder;
    private readonly EncoderTokenizer _tokenizer;
    private readonly SpladePooling _pooling;
    private readonly ModelPrompts _prompts;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;
    private readonly int? _maxActiveDimensions;
    private readonly TruncationLog _truncationLog;

    private OnnxSparseEmbeddingGenerator(
        OnnxEncoder encoder, ModelFolder folder, EncoderFiles files, SpladePooling pooling, ModelPrompts prompts, OnnxSparseEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        if (pooling.Dimensions is { } expected && expected != encoder.OutputWidth)
        {
            throw new InvalidDataException(
                $"SpladePooling's config.json gives embedding_dimension {expected}, but the model of {files.Config.File} gives {encoder.OutputWidth} logits a token. The files are of different models.");
        }

        _encoder = encoder;
        _tokenizer = new EncoderTokenizer(files, pairs: false, prompts.Longest);
        _pooling = pooling;
        _prompts = prompts;
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _maxActiveDimensions = options.MaxActiveDimensions;
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, files.ModelId, encoder.OutputWidth);
        _truncationLog = new TruncationLog((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxSparseEmbeddingGenerator>(), files.ModelId, _tokenizer.MaxTokensWithSpecial);
        _info = Describe(folder, files);
    }

    /// <summary>Loads a sparse encoder from a folder in hub layout: config.json, tokenizer.json and the graph of a masked language model.</summary>
    /// <param name="modelPath">The folder; without modules.json, the largest weight over a text's tokens is taken.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The generator, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxSparseEmbeddingGenerator Load(string modelPath, OnnxSparseEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        ModelFolder folder = ModelFolder.Open(modelPath);
        return OtherKind.Load(folder, ModelKind.SparseEncoder, () => LoadFrom(folder, options ?? new OnnxSparseEmbeddingGeneratorOptions(), loggerFactory));
    }

    /// <summary>Loads a sparse encoder on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The generator, ready to use.</returns>
    public static Task<OnnxSparseEmbeddingGenerator> LoadAsync(
        string modelPath, OnnxSparseEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(modelPath, options, loggerFactory), cancellationToken);

    /// <summary>Embeds <paramref name="values"/>: the weights of each text, in the input's order.</summary>
    /// <param name="values">The texts, enumerated once; none may be null. None at all gives an empty result.</param>
    /// <param name="options">AdditionalProperties may carry <see cref="EmbeddingPropertyNames.InputType"/>; Dimensions must be null or the model's own.</param>
    /// <param name="cancellationToken">Ends the work between batches and within a run.</param>
    /// <returns>The weights above 0, by ascending token id, with the tokens read as usage; what was cut off is counted as by <see cref="OnnxEmbeddingGenerator"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A text is null or ill-formed; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Other dimensions than the model's are asked for.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        _encoder.ThrowIfDisposed();
        EmbeddingDimensions.RefuseOthers(options, _metadata);
        string[] texts = [.. values];
        TextValidation.Check(texts, _loneSurrogates, nameof(values));
        string prompt = _prompts.For(options);
        return Task.Run(() => Generate(texts, prompt, _batchTokenBudget, cancellationToken), cancellationToken);
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

    private GeneratedEmbeddings<SparseEmbedding> Generate(string[] texts, string prompt, int budget, CancellationToken cancellationToken)
    {
        TokenizedText[] tokenized = _tokenizer.Tokenize(texts, prompt, cancellationToken);
        SparseEmbedding[] embeddings = new SparseEmbedding[texts.Length];
        float[] weights = new float[_encoder.OutputWidth];
        List<int[]> batches = BatchPlanner.ByLength(Array.ConvertAll(tokenized, text => text.Ids.Length), budget, _encoder.MaxBatchTokens);
        _encoder.RunAll(tokenized, batches, (Generator: this, Tokenized: tokenized, Embeddings: embeddings, Weights: weights), static (state, batch, output, tokens) =>
        {
            int width = state.Weights.Length;
            for (int row = 0; row < batch.Length; row++)
            {
                ReadOnlySpan<float> logits = output.Slice(row * tokens * width, state.Tokenized[batch[row]].Ids.Length * width);
                state.Generator._pooling.Pool(logits, state.Weights);
                NonFiniteOutput.Refuse(state.Weights, state.Generator._metadata.DefaultModelId!, "text", batch[row]);
                state.Embeddings[batch[row]] = SparseWeights.Select(state.Weights, state.Generator._maxActiveDimensions);
            }
        }, cancellationToken);

        return EmbeddingResults.Create(embeddings, TextWindows.Whole(tokenized), _metadata.DefaultModelId!, _truncationLog);
    }

    private static OnnxSparseEmbeddingGenerator LoadFrom(ModelFolder folder, OnnxSparseEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        SpladePooling pooling = SpladePooling.Read(folder);
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "fill-mask");
        files.Sentence.RefuseLengthsByRole();
        ModelPrompts prompts = ModelPrompts.Read(folder);
        OnnxEncoder encoder = OnnxEncoder.Load(folder.GraphPath(options.GraphFile), OnnxEncoderSettings.Of(files, options, OutputKind.TokenLogits));
        try
        {
            return new OnnxSparseEmbeddingGenerator(encoder, folder, files, pooling, prompts, options, loggerFactory);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }
}
