using System.Diagnostics;
using System.Globalization;
using LocalRetrieval.Onnx.Batching;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Onnx.Loading;
using LocalRetrieval.Onnx.Reranking;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

/// <summary>A local cross-encoder: it reads the query and a document together and gives one logit a pair.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="TextRerankerMetadata"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed class OnnxTextReranker : ITextReranker
{
    private const string ProviderName = "onnxruntime";

    private readonly OnnxEncoder _encoder;
    private readonly EncoderTokenizer _tokenizer;
    private readonly Func<float, float> _activation;
    private readonly TextRerankerMetadata _metadata;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;
    private readonly TruncationLog _truncationLog;

    private OnnxTextReranker(OnnxEncoder encoder, EncoderFiles files, Func<float, float> activation, OnnxTextRerankerOptions options, ILoggerFactory? loggerFactory)
    {
        _encoder = encoder;
        _tokenizer = new EncoderTokenizer(files.Tokenizer, files.MaxTokens, pairs: true, longestPrompt: "");
        _activation = activation;
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _metadata = new TextRerankerMetadata(ProviderName, providerUri: null, files.ModelId, _tokenizer.MaxTokensWithSpecial);
        _truncationLog = new TruncationLog((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxTextReranker>(), files.ModelId, _tokenizer.MaxTokensWithSpecial);
    }

    /// <summary>Loads a cross-encoder with one logit from a folder in hub layout: config.json, tokenizer.json and the graph.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The reranker, ready to use. Dispose it to free the native memory.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported; the message names the file and the field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options ask for more tokens than the model has positions.</exception>
    public static OnnxTextReranker Load(string modelPath, OnnxTextRerankerOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        options ??= new OnnxTextRerankerOptions();
        ModelFolder folder = ModelFolder.Open(modelPath);
        EncoderFiles files = EncoderFiles.Read(folder, options);
        Func<float, float> activation = LogitActivation.Read(files.Config);
        OnnxEncoder encoder = OnnxEncoder.Load(folder.GraphPath, outputRank: 2, outputWidth: 1, files.PadTokenId, options.Threads);
        try
        {
            return encoder.OutputWidth == 1
                ? new OnnxTextReranker(encoder, files, activation, options, loggerFactory)
                : throw new InvalidDataException($"{folder.GraphPath} gives {encoder.OutputWidth} logits a pair, which is not supported. Supported: 1.");
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    /// <summary>Loads a cross-encoder on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The reranker, ready to use.</returns>
    public static Task<OnnxTextReranker> LoadAsync(
        string modelPath, OnnxTextRerankerOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(modelPath, options, loggerFactory), cancellationToken);

    /// <inheritdoc />
    public Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        _encoder.ThrowIfDisposed();
        TextValidation.Check(query, _loneSurrogates, "The query", nameof(query));
        string[] texts = [.. documents];
        TextValidation.Check(texts, _loneSurrogates, nameof(documents));
        return texts.Length == 0
            ? Task.FromResult(Result([], [], options))
            : Task.Run(() => Rerank(query, texts, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(TextRerankerMetadata) ? _metadata
            : serviceType == typeof(ITokenCounter) ? _tokenizer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model's native memory, after the runs under way.</summary>
    public void Dispose() => _encoder.Dispose();

    private RerankingResult Rerank(string query, string[] documents, RerankingOptions? options, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        TokenizedText[] pairs = _tokenizer.TokenizePairs(query, documents, cancellationToken);
        float[] logits = new float[pairs.Length];
        Array.Fill(logits, float.NegativeInfinity);
        foreach (int[] batch in Plan(pairs, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _encoder.Run(pairs, batch, logits, ReadLogits, cancellationToken);
            if (options?.Budget is { } budget && Stopwatch.GetElapsedTime(started) >= budget)
            {
                break;
            }
        }

        return Result(pairs, logits, options);
    }

    // Under a time budget what was ranked first is scored first; otherwise by length, which pads least.
    private List<int[]> Plan(TokenizedText[] pairs, RerankingOptions? options)
    {
        int[] lengths = Array.ConvertAll(pairs, pair => pair.Ids.Length);
        return options?.Budget is null ? BatchPlanner.ByLength(lengths, _batchTokenBudget) : BatchPlanner.InOrder(lengths, _batchTokenBudget);
    }

    private void ReadLogits(float[] logits, int[] batch, ReadOnlySpan<float> output, int tokens)
    {
        for (int row = 0; row < batch.Length; row++)
        {
            logits[batch[row]] = float.IsFinite(output[row]) ? output[row] : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The model '{_metadata.DefaultModelId}' gave NaN or infinity for the document at index {batch[row]}."));
        }
    }

    private RerankingResult Result(TokenizedText[] pairs, float[] logits, RerankingOptions? options)
    {
        int[] order = [.. Enumerable.Range(0, logits.Length)];
        // By the logit, since an activation may round neighbours to one score; a stable order keeps the input's among equals.
        Array.Sort(order, (a, b) => logits[a] != logits[b] ? logits[b].CompareTo(logits[a]) : a.CompareTo(b));
        RerankedDocument[] documents = Array.ConvertAll(
            order.AsSpan(0, Math.Min(options?.TopN ?? order.Length, order.Length)).ToArray(),
            index => float.IsNegativeInfinity(logits[index]) ? new RerankedDocument(index, float.NegativeInfinity) : new RerankedDocument(index, _activation(logits[index])) { Logit = logits[index] });
        TokenizedText[] scored = [.. pairs.Where((_, i) => !float.IsNegativeInfinity(logits[i]))];
        long tokens = scored.Sum(pair => (long)pair.Ids.Length);
        return new RerankingResult(documents)
        {
            ModelId = _metadata.DefaultModelId,
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
            AdditionalProperties = _truncationLog.Report(scored),
        };
    }
}
