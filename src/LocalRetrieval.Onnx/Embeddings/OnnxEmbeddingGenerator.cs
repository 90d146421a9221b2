using LocalRetrieval.Onnx.Batching;
using LocalRetrieval.Onnx.Embeddings;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Loading;
using LocalRetrieval.Onnx.Modules;
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
    private readonly TruncationLog _truncationLog;

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
        _truncationLog = new TruncationLog((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxEmbeddingGenerator>(), files.ModelId, _tokenizer.MaxTokensWithSpecial);
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
    /// each such embedding and, in total, on the result, with <see cref="EmbeddingPropertyNames.TruncatedTexts"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A text is null or ill-formed; the message names its index.</exception>
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
        int dimensions = Dimensions(options);
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
        TokenizedText[] tokenized = _tokenizer.Tokenize(texts, prompt, cancellationToken);
        int promptTokens = _pipeline.IncludesPrompt ? 0 : _tokenizer.CountPromptTokens(prompt);
        Embedding<float>[] embeddings = new Embedding<float>[texts.Length];
        List<int[]> batches = BatchPlanner.ByLength(Array.ConvertAll(tokenized, text => text.Ids.Length), _batchTokenBudget, _encoder.MaxBatchTokens);
        _encoder.RunAll(tokenized, batches, (Generator: this, Tokenized: tokenized, Embeddings: embeddings, PromptTokens: promptTokens, Dimensions: dimensions), static (state, batch, output, tokens) =>
        {
            for (int row = 0; row < batch.Length; row++)
            {
                ReadOnlySpan<float> own = state.Generator.Row(output, row, tokens, state.Tokenized[batch[row]].Ids.Length);
                state.Embeddings[batch[row]] = new Embedding<float>(state.Generator.Embed(own, batch[row], state.PromptTokens, state.Dimensions));
            }
        }, cancellationToken);

        return EmbeddingResults.Create(embeddings, tokenized, _metadata.DefaultModelId!, _truncationLog);
    }

    // What the graph gave for one text, padding left out.
    private ReadOnlySpan<float> Row(ReadOnlySpan<float> output, int row, int paddedTokens, int tokens) =>
        _encoder.OutputKind == GraphOutputKind.SentenceEmbedding
            ? output.Slice(row * _encoder.OutputWidth, _encoder.OutputWidth)
            : output.Slice(row * paddedTokens * _encoder.OutputWidth, tokens * _encoder.OutputWidth);

    private float[] Embed(ReadOnlySpan<float> output, int index, int promptTokens, int dimensions)
    {
        float[] vector = _pipeline.Embed(output, promptTokens);
        NonFiniteOutput.Refuse(vector, _metadata.DefaultModelId!, "text", index);
        if (dimensions == vector.Length)
        {
            return vector;
        }

        float[] cut = vector[..dimensions];
        if (_pipeline.Normalizes)
        {
            NormalizeModule.Normalize(cut);
        }

        return cut;
    }

    private int Dimensions(EmbeddingGenerationOptions? options)
    {
        int dimensions = options?.Dimensions ?? _pipeline.Dimensions;
        return dimensions >= 1 && dimensions <= _pipeline.Dimensions ? dimensions : throw new ArgumentOutOfRangeException(
            nameof(options), dimensions, $"Dimensions is {dimensions}, but the model '{_metadata.DefaultModelId}' gives vectors of {_pipeline.Dimensions}. Ask for 1 to {_pipeline.Dimensions}.");
    }
}
