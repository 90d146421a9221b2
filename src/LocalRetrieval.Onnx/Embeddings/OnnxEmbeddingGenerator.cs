using System.Globalization;
using System.Numerics.Tensors;
using LocalRetrieval.Onnx.Batching;
using LocalRetrieval.Onnx.Embeddings;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Loading;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

/// <summary>A local bi-encoder: text in, one vector a text out, pooled and normalised as the model's own files say.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="EmbeddingGeneratorMetadata"/> and <see cref="ITokenCounter"/>.</para>
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
    private readonly int _dimensions;
    private readonly TruncationLog _truncationLog;

    private OnnxEmbeddingGenerator(
        OnnxEncoder encoder, EncoderFiles files, SentencePipeline pipeline, ModelPrompts prompts, OnnxEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        _dimensions = encoder.OutputWidth;
        if (pipeline.Dimensions is { } pooled && pooled != _dimensions)
        {
            throw new InvalidDataException($"The pooling's config.json gives word_embedding_dimension {pooled}, but the model of {files.Config.File} gives vectors of {_dimensions}. The files are of different models.");
        }

        _encoder = encoder;
        _tokenizer = new EncoderTokenizer(files.Tokenizer, files.MaxTokens, pairs: false, prompts.Longest);
        _pipeline = pipeline;
        _prompts = prompts;
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, files.ModelId, _dimensions);
        _truncationLog = new TruncationLog((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxEmbeddingGenerator>(), files.ModelId, _tokenizer.MaxTokensWithSpecial);
    }

    /// <summary>Embeds <paramref name="values"/>: one vector a text, in the input's order.</summary>
    /// <param name="values">The texts, enumerated once; none may be null. None at all gives an empty result.</param>
    /// <param name="options">
    /// <see cref="EmbeddingGenerationOptions.Dimensions"/> may cut the vectors shorter (renormalised where the model normalises);
    /// AdditionalProperties may carry <see cref="EmbeddingPropertyNames.InputType"/>.
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
            ? Task.FromResult(new GeneratedEmbeddings<Embedding<float>> { Usage = Usage([]) })
            : Task.Run(() => Generate(texts, prompt, dimensions, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(ITokenCounter) ? _tokenizer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model's native memory, after the runs under way.</summary>
    public void Dispose() => _encoder.Dispose();

    private GeneratedEmbeddings<Embedding<float>> Generate(string[] texts, string prompt, int dimensions, CancellationToken cancellationToken)
    {
        TokenizedText[] tokenized = _tokenizer.Tokenize(texts, prompt, cancellationToken);
        float[][] vectors = new float[texts.Length][];
        foreach (int[] batch in BatchPlanner.ByLength(Array.ConvertAll(tokenized, text => text.Ids.Length), _batchTokenBudget))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _encoder.Run(tokenized, batch, (Generator: this, Tokenized: tokenized, Vectors: vectors, Dimensions: dimensions), static (state, batch, output, tokens) =>
                state.Generator.Pool(state.Tokenized, state.Vectors, state.Dimensions, batch, output, tokens), cancellationToken);
        }

        return Result(tokenized, vectors);
    }

    private void Pool(TokenizedText[] tokenized, float[][] vectors, int dimensions, int[] batch, ReadOnlySpan<float> output, int tokens)
    {
        Span<float> pooled = new float[_dimensions];
        for (int row = 0; row < batch.Length; row++)
        {
            int real = tokenized[batch[row]].Ids.Length;
            TokenPooling.Pool(_pipeline.Pooling, output.Slice(row * tokens * _dimensions, real * _dimensions), pooled);
            float[] vector = pooled[..dimensions].ToArray();
            if (_pipeline.Normalize)
            {
                TokenPooling.Normalize(vector);
            }

            vectors[batch[row]] = float.IsFinite(TensorPrimitives.Sum<float>(vector)) ? vector : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The model '{_metadata.DefaultModelId}' gave NaN or infinity for the text at index {batch[row]}."));
        }
    }

    private GeneratedEmbeddings<Embedding<float>> Result(TokenizedText[] tokenized, float[][] vectors)
    {
        DateTimeOffset createdAt = DateTimeOffset.UtcNow;
        GeneratedEmbeddings<Embedding<float>> result = new(vectors.Length) { Usage = Usage(tokenized) };
        for (int i = 0; i < vectors.Length; i++)
        {
            result.Add(new Embedding<float>(vectors[i])
            {
                CreatedAt = createdAt,
                ModelId = _metadata.DefaultModelId,
                AdditionalProperties = tokenized[i].DroppedTokens == 0 ? null : new() { [EmbeddingPropertyNames.DroppedTokens] = (long)tokenized[i].DroppedTokens },
            });
        }

        result.AdditionalProperties = _truncationLog.Report(tokenized);
        return result;
    }

    private static UsageDetails Usage(TokenizedText[] tokenized)
    {
        long tokens = tokenized.Sum(text => (long)text.Ids.Length);
        return new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
    }

    private int Dimensions(EmbeddingGenerationOptions? options)
    {
        int dimensions = options?.Dimensions ?? _dimensions;
        return dimensions >= 1 && dimensions <= _dimensions ? dimensions : throw new ArgumentOutOfRangeException(
            nameof(options), dimensions, $"Dimensions is {dimensions}, but the model '{_metadata.DefaultModelId}' gives vectors of {_dimensions}. Ask for 1 to {_dimensions}.");
    }
}
