using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

/// <summary>A local bi-encoder: text in, one vector a text out, pooled, projected and normalised as the model's own files say.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed partial class OnnxEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ProviderName = "onnxruntime";

    private readonly OnnxEncoder _encoder;
    private readonly EncoderTokenizer _tokenizer;
    private readonly SentencePipeline _pipeline;
    private readonly ModelPrompts _prompts;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;
    private readonly TruncationPolicy _truncation;
    private readonly ChunkWindows _windows;
    private readonly TruncationLog _truncationLog;
    private readonly MatryoshkaDimensions _dimensions;

    private OnnxEmbeddingGenerator(
        OnnxEncoder encoder, ModelFolder folder, EncoderFiles files, SentenceModules modules, ModelPrompts prompts, OnnxEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        _encoder = encoder;
        _tokenizer = new EncoderTokenizer(files, pairs: false, prompts.Longest);
        _pipeline = new SentencePipeline(modules, encoder.OutputWidth, folder.Path);
        _prompts = prompts;
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, files.ModelId, _pipeline.Dimensions);
        _truncation = options.Truncation;
        _windows = ChunkWindows.Create(options.Truncation, options.ChunkOverlap, _tokenizer.MaxTokens, files.ModelId);
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxEmbeddingGenerator>();
        _truncationLog = new TruncationLog(logger, files.ModelId, _tokenizer.MaxTokensWithSpecial);
        _dimensions = new MatryoshkaDimensions(options.MatryoshkaDimensions, files.Config, _pipeline.Dimensions, files.ModelId, logger);
        _info = Describe(folder, files, modules);
    }

    /// <summary>Embeds <paramref name="values"/>: one vector a text, in the input's order.</summary>
    /// <param name="values">The texts, enumerated once; none may be null. None at all gives an empty result.</param>
    /// <param name="options">
    /// <see cref="EmbeddingGenerationOptions.Dimensions"/> may cut the vectors shorter (renormalised where the model normalises);
    /// AdditionalProperties may carry <see cref="EmbeddingPropertyNames.InputType"/>: a role, or the name of one of the model's prompts.
    /// </param>
    /// <param name="cancellationToken">Ends the work between batches and within a run.</param>
    /// <returns>
    /// Vectors of [dimensions] with the tokens read as usage. Where texts were cut, <see cref="EmbeddingPropertyNames.DroppedTokens"/> is on
    /// each such embedding and, in total, on the result, with <see cref="EmbeddingPropertyNames.TruncatedTexts"/>; where they were read in windows,
    /// <see cref="EmbeddingPropertyNames.Windows"/> is on each such embedding.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A text is null or ill-formed, or too long where the options say <see cref="TruncationPolicy.Throw"/>; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More dimensions are asked for than the model has.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        _encoder.ThrowIfDisposed();
        string[] texts = [.. values];
        TextValidation.Check(texts, _loneSurrogates, nameof(values));
        int dimensions = _dimensions.Of(options);
        string prompt = _prompts.For(options);
        return texts.Length == 0
            ? Task.FromResult(new GeneratedEmbeddings<Embedding<float>> { Usage = TokenUsage.Of([]) })
            : Task.Run(() => Generate(texts, prompt, dimensions, cancellationToken), cancellationToken);
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

    private GeneratedEmbeddings<Embedding<float>> Generate(string[] texts, string prompt, int dimensions, CancellationToken cancellationToken)
    {
        TextWindows windows = Tokenize(texts, prompt, cancellationToken);
        float[][] vectors = Run(windows, prompt, cancellationToken);
        Embedding<float>[] embeddings = new Embedding<float>[texts.Length];
        for (int i = 0; i < embeddings.Length; i++)
        {
            float[] vector = windows.Pool(i, vectors);
            bool isChanged = windows.CountOf(i) > 1 || dimensions < vector.Length;
            vector = dimensions < vector.Length ? vector[..dimensions] : vector;
            if (isChanged && _pipeline.Normalizes)
            {
                NormalizeModule.Normalize(vector);
            }

            embeddings[i] = new Embedding<float>(vector);
        }

        return EmbeddingResults.Create(embeddings, windows, _metadata.DefaultModelId!, _truncationLog);
    }

    private TextWindows Tokenize(string[] texts, string prompt, CancellationToken cancellationToken)
    {
        if (_truncation == TruncationPolicy.ChunkAndPool)
        {
            return TextWindows.Of(_tokenizer.TokenizeWindows(texts, prompt, _windows, cancellationToken));
        }

        TokenizedText[] tokenized = _tokenizer.Tokenize(texts, prompt, cancellationToken);
        if (_truncation == TruncationPolicy.Throw)
        {
            TruncationRefusal.Check(tokenized, _metadata.DefaultModelId!, "values");
        }

        return TextWindows.Whole(tokenized);
    }

    // The vector of each window, in batches that windows of any texts share.
    private float[][] Run(TextWindows windows, string prompt, CancellationToken cancellationToken)
    {
        int promptTokens = _pipeline.IncludesPrompt ? 0 : _tokenizer.CountPromptTokens(prompt);
        float[][] vectors = new float[windows.All.Length][];
        List<int[]> batches = BatchPlanner.ByLength(Array.ConvertAll(windows.All, window => window.Ids.Length), _batchTokenBudget, _encoder.MaxBatchTokens);
        _encoder.RunAll(windows.All, batches, (Generator: this, Windows: windows, Vectors: vectors, PromptTokens: promptTokens), static (state, batch, output, tokens) =>
        {
            for (int row = 0; row < batch.Length; row++)
            {
                OnnxEmbeddingGenerator generator = state.Generator;
                ReadOnlySpan<float> own = generator.Row(output, row, tokens, state.Windows.All[batch[row]].Ids.Length);
                float[] vector = generator._pipeline.Embed(own, state.PromptTokens);
                NonFiniteOutput.Refuse(vector, generator._metadata.DefaultModelId!, "text", state.Windows.TextOf(batch[row]));
                state.Vectors[batch[row]] = vector;
            }
        }, cancellationToken);
        return vectors;
    }

    // What the graph gave for one window, padding left out.
    private ReadOnlySpan<float> Row(ReadOnlySpan<float> output, int row, int paddedTokens, int tokens) =>
        _encoder.OutputKind == OutputKind.SentenceEmbedding
            ? output.Slice(row * _encoder.OutputWidth, _encoder.OutputWidth)
            : output.Slice(row * paddedTokens * _encoder.OutputWidth, tokens * _encoder.OutputWidth);
}
