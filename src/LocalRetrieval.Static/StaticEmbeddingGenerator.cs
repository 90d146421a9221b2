using LocalRetrieval.Static.Loading;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalRetrieval.Static;

/// <summary>
/// A static model: text in, one vector a text out, the mean of its tokens' vectors as model2vec or sentence-transformers' StaticEmbedding
/// computes it. There is no neural network, so a vector costs microseconds, and word order does not count.
/// </summary>
/// <remarks>
/// <para>Safe for concurrent use. Work is done on the thread pool. A text's vector is the same, bit for bit, alone and beside any others.</para>
/// <para>A text without a token that the model knows gives zeros. <see cref="GetService"/> gives <see cref="EmbeddingGeneratorMetadata"/>, <see cref="EncoderInfo"/> and <see cref="ITokenCounter"/>.</para>
/// </remarks>
public sealed partial class StaticEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string ProviderName = "localretrieval.static";

    // Below this many texts a parallel loop costs more than it gains: a short text takes a few microseconds.
    private const int ParallelFrom = 16;

    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly ITokenCounter _tokenCounter;
    private readonly LoneSurrogateHandling _loneSurrogates;
    private readonly int _threads;
    private readonly TruncationPolicy _truncation;
    private readonly ChunkWindows _windows;
    private readonly TruncationLog _truncationLog;
    private readonly MatryoshkaDimensions _dimensions;
    private StaticModel? _model;

    private StaticEmbeddingGenerator(StaticModelFolder folder, StaticModel model, string modelId, StaticEmbeddingGeneratorOptions options, ILoggerFactory? loggerFactory)
    {
        _model = model;
        _tokenCounter = model.Tokenizer;
        _loneSurrogates = options.LoneSurrogates;
        _threads = options.Threads ?? Environment.ProcessorCount;
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, modelId, model.Vectors.Dimensions);
        _truncation = options.Truncation;
        _windows = ChunkWindows.Create(options.Truncation, options.ChunkOverlap, model.Tokenizer.MaxTokens, modelId);
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<StaticEmbeddingGenerator>();
        _truncationLog = new TruncationLog(logger, modelId, model.Tokenizer.MaxTokensWithPrompt ?? int.MaxValue);
        _dimensions = new MatryoshkaDimensions(options.MatryoshkaDimensions, folder.Config, model.Vectors.Dimensions, modelId, logger);
        _info = Describe(folder, model, modelId);
    }

    /// <summary>Embeds <paramref name="values"/>: one vector a text, in the input's order.</summary>
    /// <param name="values">The texts, enumerated once; none may be null. None at all gives an empty result.</param>
    /// <param name="options">
    /// <see cref="EmbeddingGenerationOptions.Dimensions"/> may cut the vectors shorter (renormalised where the model normalises);
    /// AdditionalProperties may carry <see cref="EmbeddingPropertyNames.InputType"/>: a role, or the name of one of the model's prompts.
    /// </param>
    /// <param name="cancellationToken">Ends the work between texts.</param>
    /// <returns>
    /// Vectors of [dimensions] with the tokens that they are the mean of as usage. Where texts were cut,
    /// <see cref="EmbeddingPropertyNames.DroppedTokens"/> is on each such embedding and, in total, on the result, with
    /// <see cref="EmbeddingPropertyNames.TruncatedTexts"/>; where they were read in windows, <see cref="EmbeddingPropertyNames.Windows"/> is on
    /// each such embedding.
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
        StaticModel model = Volatile.Read(ref _model) ?? throw new ObjectDisposedException(nameof(StaticEmbeddingGenerator));
        string[] texts = [.. values];
        TextValidation.Check(texts, _loneSurrogates, nameof(values));
        int dimensions = _dimensions.Of(options);
        string prompt = model.Prompts.For(options);
        return Task.Run(() => Generate(model, texts, prompt, dimensions, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EncoderInfo) ? _info
            : serviceType == typeof(ITokenCounter) ? _tokenCounter
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Lets go of the model's vectors; calls under way finish.</summary>
    public void Dispose() => Volatile.Write(ref _model, null);

    private GeneratedEmbeddings<Embedding<float>> Generate(StaticModel model, string[] texts, string prompt, int dimensions, CancellationToken cancellationToken)
    {
        TokenizedText[][] windows = new TokenizedText[texts.Length][];
        float[][] vectors = new float[texts.Length][];
        void Embed(int index)
        {
            windows[index] = Tokenize(model, texts[index], prompt);
            vectors[index] = model.Embed(windows[index], dimensions);
        }

        if (texts.Length < ParallelFrom || _threads == 1)
        {
            for (int i = 0; i < texts.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Embed(i);
            }
        }
        else
        {
            Parallel.For(0, texts.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = _threads }, Embed);
        }

        TextWindows all = TextWindows.Of(windows);
        if (_truncation == TruncationPolicy.Throw)
        {
            TruncationRefusal.Check(all.All, _metadata.DefaultModelId!, "values");
        }

        for (int i = 0; i < vectors.Length; i++)
        {
            NonFiniteOutput.Refuse(vectors[i], _metadata.DefaultModelId!, "text", i);
        }

        return EmbeddingResults.Create(Array.ConvertAll(vectors, vector => new Embedding<float>(vector)), all, _metadata.DefaultModelId!, _truncationLog);
    }

    private TokenizedText[] Tokenize(StaticModel model, string text, string prompt) => _truncation == TruncationPolicy.ChunkAndPool
        ? model.Tokenizer.TokenizeWindows(text, prompt, _windows)
        : [model.Tokenizer.Tokenize(prompt.Length == 0 ? text : prompt + text)];
}
