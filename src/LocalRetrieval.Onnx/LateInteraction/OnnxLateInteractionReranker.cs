using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Onnx;

/// <summary>A reranker by late interaction: it embeds the query and each document apart and scores them by <see cref="MaxSim"/>, or its mean over the query where the model says so.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use; <see cref="Dispose"/> waits for runs under way. Work is done on the thread pool.</para>
/// <para><see cref="GetService"/> gives <see cref="TextRerankerMetadata"/>, <see cref="EncoderInfo"/>, <see cref="ITokenCounter"/> and the <see cref="OnnxMultiVectorEmbeddingGenerator"/>.</para>
/// </remarks>
public sealed class OnnxLateInteractionReranker : ITextReranker
{
    // Under a time budget, how many documents are scored between two looks at the clock.
    private const int BudgetStep = 16;

    private readonly OnnxMultiVectorEmbeddingGenerator _generator;
    private readonly TextRerankerMetadata _metadata;

    private OnnxLateInteractionReranker(OnnxMultiVectorEmbeddingGenerator generator)
    {
        _generator = generator;
        EmbeddingGeneratorMetadata metadata = generator.GetRequiredService<EmbeddingGeneratorMetadata>();
        _metadata = new TextRerankerMetadata(metadata.ProviderName, providerUri: null, metadata.DefaultModelId);
    }

    /// <summary>Loads a late interaction encoder; see <see cref="OnnxMultiVectorEmbeddingGenerator.Load"/> for the folder and the exceptions.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <returns>The reranker, ready to use. Dispose it to free the native memory.</returns>
    public static OnnxLateInteractionReranker Load(string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null) =>
        new(OnnxMultiVectorEmbeddingGenerator.Load(modelPath, options, loggerFactory));

    /// <summary>Loads a late interaction encoder on the thread pool; see <see cref="Load"/>.</summary>
    /// <param name="modelPath">The folder.</param>
    /// <param name="options">Options; null means the defaults.</param>
    /// <param name="loggerFactory">Where truncation is logged, once; null logs nothing.</param>
    /// <param name="cancellationToken">Keeps loading from starting.</param>
    /// <returns>The reranker, ready to use.</returns>
    public static Task<OnnxLateInteractionReranker> LoadAsync(
        string modelPath, OnnxMultiVectorEmbeddingGeneratorOptions? options = null, ILoggerFactory? loggerFactory = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(modelPath, options, loggerFactory), cancellationToken);

    /// <inheritdoc />
    public Task<RerankingResult> RerankAsync(
        string query, IReadOnlyList<string> documents, RerankingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        string[] texts = [.. documents];
        _generator.Check(query, texts);
        return Task.Run(() => Rerank(query, texts, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(TextRerankerMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : _generator.GetService(serviceType);
    }

    /// <summary>Frees the model's native memory, after the runs under way.</summary>
    public void Dispose() => _generator.Dispose();

    private RerankingResult Rerank(string query, string[] documents, RerankingOptions? options, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        RerankedDocument[] scored = [.. documents.Select((_, index) => new RerankedDocument(index, float.NegativeInfinity))];
        UsageDetails usage = new() { InputTokenCount = 0, TotalTokenCount = 0 };
        AdditionalPropertiesDictionary? cut = null;
        if (documents.Length > 0)
        {
            GeneratedEmbeddings<MultiVectorEmbedding> embedded = _generator.Generate([query], isQuery: true, cancellationToken);
            MultiVectorEmbedding queryVectors = embedded[0];
            Add(embedded, usage, ref cut);
            int step = options?.Budget is null ? documents.Length : BudgetStep;
            for (int start = 0; start < documents.Length; start += step)
            {
                embedded = _generator.Generate(documents[start..Math.Min(start + step, documents.Length)], isQuery: false, cancellationToken);
                for (int i = 0; i < embedded.Count; i++)
                {
                    float score = MaxSim.Score(queryVectors, embedded[i]) / (_generator.AveragesQuery ? queryVectors.Count : 1);
                    scored[start + i] = new RerankedDocument(start + i, score) { Logit = score };
                }

                Add(embedded, usage, ref cut);
                if (options?.Budget is { } budget && Stopwatch.GetElapsedTime(started) >= budget)
                {
                    break;
                }
            }
        }

        Array.Sort(scored, static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Index.CompareTo(b.Index));
        return new RerankingResult(scored[..Math.Min(options?.TopN ?? scored.Length, scored.Length)])
        {
            ModelId = _metadata.DefaultModelId,
            Usage = usage,
            AdditionalProperties = cut,
        };
    }

    private static void Add(GeneratedEmbeddings<MultiVectorEmbedding> embedded, UsageDetails usage, ref AdditionalPropertiesDictionary? cut)
    {
        usage.Add(embedded.Usage!);
        foreach ((string name, object? value) in embedded.AdditionalProperties ?? [])
        {
            cut ??= [];
            cut[name] = (long)value! + (cut.TryGetValue(name, out object? before) ? (long)before! : 0);
        }
    }
}
