using System.Diagnostics;
using LocalRetrieval.Onnx.Inference;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Onnx;

/// <summary>A local cross-encoder: it reads the query and a document together and gives a logit for each of its labels, of which one ranks.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="TextRerankerMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed partial class OnnxTextReranker : ITextReranker
{
    private const string ProviderName = "onnxruntime";

    private readonly OnnxEncoder _encoder;
    private readonly EncoderTokenizer _tokenizer;
    private readonly LabelScoring _scoring;
    private readonly string _prompt;
    private readonly TextRerankerMetadata _metadata;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _batchTokenBudget;
    private readonly TruncationLog _truncationLog;

    private OnnxTextReranker(OnnxEncoder encoder, ModelFolder folder, EncoderFiles files, LabelScoring scoring, string prompt, OnnxTextRerankerOptions options, ILoggerFactory? loggerFactory)
    {
        _encoder = encoder;
        _tokenizer = new EncoderTokenizer(files, pairs: true, longestPrompt: prompt);
        _scoring = scoring;
        _prompt = prompt;
        _loneSurrogates = options.LoneSurrogates;
        _batchTokenBudget = options.BatchTokenBudget;
        _metadata = new TextRerankerMetadata(ProviderName, providerUri: null, files.ModelId, _tokenizer.MaxTokensWithSpecial);
        _truncationLog = new TruncationLog((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<OnnxTextReranker>(), files.ModelId, _tokenizer.MaxTokensWithSpecial);
        _info = Describe(folder, files);
    }

    /// <summary>Loads a cross-encoder from a folder in hub layout: config.json, tokenizer.json and the graph.</summary>
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
        ModelFolder folder = ModelFolder.Open(modelPath);
        return OtherKind.Load(folder, ModelKind.CrossEncoder, () => LoadFrom(folder, options ?? new OnnxTextRerankerOptions(), loggerFactory));
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
            : serviceType == typeof(EncoderInfo) ? _info
            : serviceType == typeof(ITokenCounter) ? _tokenizer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Frees the model's native memory, after the runs under way.</summary>
    public void Dispose() => _encoder.Dispose();

    private RerankingResult Rerank(string query, string[] documents, RerankingOptions? options, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        TokenizedText[] pairs = _tokenizer.TokenizePairs(_prompt + query, documents, cancellationToken);
        RerankedDocument[] scored = [.. pairs.Select((_, index) => new RerankedDocument(index, float.NegativeInfinity))];
        foreach (int[] batch in Plan(pairs, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _encoder.Run(pairs, batch, scored, ReadLogits, cancellationToken);
            if (options?.Budget is { } budget && Stopwatch.GetElapsedTime(started) >= budget)
            {
                break;
            }
        }

        return Result(pairs, scored, options);
    }

    // Under a time budget what was ranked first is scored first; otherwise by length, which pads least.
    private List<int[]> Plan(TokenizedText[] pairs, RerankingOptions? options)
    {
        int[] lengths = Array.ConvertAll(pairs, pair => pair.Ids.Length);
        return options?.Budget is null ? BatchPlanner.ByLength(lengths, _batchTokenBudget) : BatchPlanner.InOrder(lengths, _batchTokenBudget);
    }

    private void ReadLogits(RerankedDocument[] scored, int[] batch, ReadOnlySpan<float> output, int tokens)
    {
        int labels = _encoder.OutputWidth;
        for (int row = 0; row < batch.Length; row++)
        {
            ReadOnlySpan<float> logits = output.Slice(row * labels, labels);
            NonFiniteOutput.Refuse(logits, _metadata.DefaultModelId!, "document", batch[row]);
            (float score, float logit) = _scoring.Score(logits);
            scored[batch[row]] = new RerankedDocument(batch[row], score) { Logit = logit };
        }
    }

    private RerankingResult Result(TokenizedText[] pairs, RerankedDocument[] documents, RerankingOptions? options)
    {
        TokenizedText[] read = [.. pairs.Where((_, i) => documents[i].Logit is not null)];
        // By the logit, since an activation may round neighbours to one score; equals keep the input's order.
        Array.Sort(documents, static (a, b) => a.Logit != b.Logit ? (b.Logit ?? float.NegativeInfinity).CompareTo(a.Logit ?? float.NegativeInfinity) : a.Index.CompareTo(b.Index));
        return new RerankingResult(documents[..Math.Min(options?.TopN ?? documents.Length, documents.Length)])
        {
            ModelId = _metadata.DefaultModelId,
            Usage = TokenUsage.Of(read),
            AdditionalProperties = _truncationLog.Report(read),
        };
    }

    // A causal language model that says "yes" or "no" is a reranker only with its chat template.
    private static void RefuseOtherModels(ModelFolder folder, EncoderFiles files)
    {
        if (folder.Modules?.Skip(1).FirstOrDefault() is { } second)
        {
            throw second.Unsupported("Transformer alone, of sentence_transformers");
        }

        if (folder.Modules is [{ Kind: not ModuleEntry.Transformer } first])
        {
            throw first.Unsupported("Transformer, of sentence_transformers");
        }

        if (files.Config.StringList("architectures") is [string architecture, ..] && architecture.EndsWith("ForCausalLM", StringComparison.Ordinal))
        {
            throw files.Config.Unsupported("architectures", $"'{architecture}': a causal language model, which ranks by the logits of \"yes\" and \"no\"", "a model ForSequenceClassification");
        }

        files.RefuseAppendedToken();
    }

    private static OnnxTextReranker LoadFrom(ModelFolder folder, OnnxTextRerankerOptions options, ILoggerFactory? loggerFactory)
    {
        EncoderFiles files = EncoderFiles.Read(folder, options, task: "sequence-classification");
        RefuseOtherModels(folder, files);
        string prompt = ModelPrompts.Read(folder).Default;
        OnnxEncoder encoder = OnnxEncoder.Load(folder.GraphPath(options.GraphFile), OnnxEncoderSettings.Of(files, options, OutputKind.Logits));
        try
        {
            return new OnnxTextReranker(encoder, folder, files, LabelScoring.Read(folder, files.Config, encoder.OutputWidth, options.ScoreLabel), prompt, options, loggerFactory);
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }
}
