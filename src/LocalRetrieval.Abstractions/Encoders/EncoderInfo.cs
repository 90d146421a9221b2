using System.Collections.ObjectModel;

namespace LocalRetrieval;

/// <summary>
/// What there is to know of a loaded encoder. A generator or a reranker gives it through <c>GetService(typeof(EncoderInfo))</c>, so that a store or an
/// application need not know which it is.
/// </summary>
/// <remarks>Immutable and safe for concurrent use: what is computed on request is computed once and kept.</remarks>
public sealed class EncoderInfo
{
    private readonly Lock _lock = new();
    private readonly Func<EncoderFingerprint> _computeFingerprint;
    private readonly Func<CancellationToken, Task<BatchIndependence>>? _measure;
    private EncoderFingerprint? _fingerprint;
    private BatchIndependence? _batchIndependence;

    /// <summary>Describes an encoder whose fingerprint takes time, for instance that of files.</summary>
    /// <param name="modelId">The model's id.</param>
    /// <param name="computeFingerprint">Computes the fingerprint, once, when it is first asked for.</param>
    /// <param name="measureBatchIndependence">Measures batch independence; null for an encoder that cannot.</param>
    /// <exception cref="ArgumentNullException"><paramref name="modelId"/> or <paramref name="computeFingerprint"/> is null.</exception>
    public EncoderInfo(string modelId, Func<EncoderFingerprint> computeFingerprint, Func<CancellationToken, Task<BatchIndependence>>? measureBatchIndependence = null)
    {
        ArgumentNullException.ThrowIfNull(modelId);
        ArgumentNullException.ThrowIfNull(computeFingerprint);
        ModelId = modelId;
        _computeFingerprint = computeFingerprint;
        _measure = measureBatchIndependence;
    }

    /// <summary>Describes an encoder whose fingerprint is known, for instance from what a server says of itself.</summary>
    /// <param name="modelId">The model's id.</param>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <param name="measureBatchIndependence">Measures batch independence; null for an encoder that cannot.</param>
    /// <exception cref="ArgumentNullException"><paramref name="modelId"/> or <paramref name="fingerprint"/> is null.</exception>
    public EncoderInfo(string modelId, EncoderFingerprint fingerprint, Func<CancellationToken, Task<BatchIndependence>>? measureBatchIndependence = null)
        : this(modelId, () => fingerprint, measureBatchIndependence)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        _fingerprint = fingerprint;
    }

    /// <summary>The model's id, as results carry it.</summary>
    public string ModelId { get; }

    /// <summary>The folder that the model was loaded from; null for an encoder without one, such as a server's.</summary>
    public string? ModelPath { get; init; }

    /// <summary>The execution provider that the options asked for, by the name that what runs the model gives it: of ONNX Runtime, <c>CPUExecutionProvider</c>, or <c>Auto</c>; several in their order, joined by a comma; null for an encoder without one.</summary>
    public string? RequestedProvider { get; init; }

    /// <summary>The execution provider that runs most of the model; null for an encoder without one.</summary>
    public string? ActiveProvider { get; init; }

    /// <summary>What became of each execution provider that was asked for or runs the model; none of an encoder without such.</summary>
    public IReadOnlyList<EncoderExecutionProvider> ExecutionProviders { get; init; } = [];

    /// <summary>The model's prompts by name: each name may stand as <see cref="EmbeddingPropertyNames.InputType"/>.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What is put before a text of no role; may be empty.</summary>
    public string DefaultPrompt { get; init; } = "";

    /// <summary>
    /// How tokens become a text's vector, in the words of sentence-transformers: <c>cls</c>, <c>mean</c>, <c>max</c>, <c>mean_sqrt_len_tokens</c>,
    /// <c>weightedmean</c>, <c>lasttoken</c>, joined by <c>+</c> where vectors are put one after another; <c>splade max</c> or <c>splade sum</c>;
    /// <c>graph</c> where the graph pools; null where tokens are not pooled.
    /// </summary>
    public string? Pooling { get; init; }

    /// <summary>Whether vectors are brought to unit length.</summary>
    public bool IsNormalized { get; init; }

    /// <summary>The similarity that the model was trained for (similarity_fn_name), in lower case: see <see cref="SimilarityFunctions"/>; null where its files do not say.</summary>
    public string? SimilarityFunction { get; init; }

    /// <summary>The length of a vector; null for a reranker.</summary>
    public int? Dimensions { get; init; }

    /// <summary>What the model reads at most in tokens, special tokens and prompt included; null where there is no limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether the model is of float16, so that its numbers are those of its reference to 2e-3 rather than 1e-4.</summary>
    public bool IsHalfPrecision { get; init; }

    /// <summary>Says how the encoder runs at the moment; null for one that takes no turns with others.</summary>
    public Func<EncoderExecution?>? DescribeExecution { private get; init; }

    /// <summary>How the encoder runs at the moment: threads, what waits, how long runs take; null for one that takes no turns with others, such as a static model.</summary>
    public EncoderExecution? Execution => DescribeExecution?.Invoke();

    /// <summary>Does what <see cref="DrainAsync"/> says; null for an encoder that keeps nothing waiting.</summary>
    public Func<CancellationToken, Task<int>>? Drain { private get; init; }

    /// <summary>What decides the encoder's vectors, to be compared with that of another.</summary>
    /// <remarks>
    /// Computed by the first call, and kept. An encoder of files reads them then, which takes a second for some 1.5 GB, and fails where one has changed
    /// since it was loaded (<see cref="InvalidOperationException"/>) or cannot be read any more (<see cref="IOException"/>).
    /// </remarks>
    public EncoderFingerprint Fingerprint
    {
        get
        {
            lock (_lock)
            {
                return _fingerprint ??= _computeFingerprint();
            }
        }
    }

    /// <summary>What was measured of this encoder; null before <see cref="MeasureBatchIndependenceAsync"/>.</summary>
    public BatchIndependence? BatchIndependence => Volatile.Read(ref _batchIndependence);

    /// <summary>
    /// Measures whether a text's numbers depend on the texts that share its batch: a fixed probe of texts from 5 tokens to the model's limit is embedded
    /// text by text and in mixed batches. Measured once; call it at start to have it measured then.
    /// </summary>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <returns>What was measured, now or before.</returns>
    /// <exception cref="NotSupportedException">The encoder cannot measure it.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed before it was measured.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<BatchIndependence> MeasureBatchIndependenceAsync(CancellationToken cancellationToken = default)
    {
        if (BatchIndependence is { } known)
        {
            return known;
        }

        if (_measure is null)
        {
            throw new NotSupportedException($"The encoder of '{ModelId}' does not measure batch independence.");
        }

        BatchIndependence measured = await _measure(cancellationToken).ConfigureAwait(false);
        return Interlocked.CompareExchange(ref _batchIndependence, measured, null) ?? measured;
    }

    /// <summary>
    /// Takes no more calls and waits until those under way are answered: the last thing asked of an encoder before it is disposed of, as a host does for those that
    /// it has. A call that comes later, or is refused, ends with an <see cref="ObjectDisposedException"/> that says so.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait: what is not answered by then is refused, and runs under way end early.</param>
    /// <returns>How many calls were refused; 0 where all were answered, or were refused by another drain or by disposal. It is no error that the token was cancelled.</returns>
    /// <remarks>Disposing an encoder without it refuses at once what waits.</remarks>
    public Task<int> DrainAsync(CancellationToken cancellationToken = default) => Drain?.Invoke(cancellationToken) ?? Task.FromResult(0);

    /// <summary>Says where a distance function orders vectors otherwise than the similarity that the model was trained for.</summary>
    /// <param name="distanceFunction">A name of Microsoft.Extensions.VectorData's <c>DistanceFunction</c>.</param>
    /// <returns>A message that names both and the ones that fit; null where nothing contradicts, or the model's files do not say.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="distanceFunction"/> is null.</exception>
    public string? DescribeContradiction(string distanceFunction)
    {
        ArgumentNullException.ThrowIfNull(distanceFunction);
        IReadOnlyList<string> fitting = SimilarityFunctions.DistanceFunctions(SimilarityFunction, IsNormalized);
        return fitting.Count == 0 || fitting.Contains(distanceFunction) || !SimilarityFunctions.IsJudged(distanceFunction)
            ? null
            : $"'{ModelId}' was trained for {SimilarityFunction} similarity (similarity_fn_name), but the distance function is {distanceFunction}, which orders otherwise. Use {string.Join(" or ", fitting)}.";
    }
}
