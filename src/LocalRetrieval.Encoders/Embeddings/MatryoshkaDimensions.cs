using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace LocalRetrieval.Encoders;

/// <summary>The dimensions that a request may ask for, and those that the model is trained for.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed partial class MatryoshkaDimensions
{
    private readonly int _whole;
    private readonly string _modelId;
    private readonly ILogger _logger;
    private int _said;

    /// <param name="matryoshkaDimensions">The sizes that the caller names, or null for those of <paramref name="config"/>.</param>
    /// <param name="config">config.json, or null.</param>
    /// <param name="whole">The dimensions of the model.</param>
    /// <param name="modelId">The model, for messages.</param>
    /// <param name="logger">Where it is said, once, that the model is not trained for a size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The caller names a size beyond the model's.</exception>
    /// <exception cref="InvalidDataException">matryoshka_dimensions is not a list of sizes.</exception>
    public MatryoshkaDimensions(IReadOnlyList<int>? matryoshkaDimensions, ModelJson? config, int whole, string modelId, ILogger logger)
    {
        if (matryoshkaDimensions is not null && matryoshkaDimensions.Any(size => size > whole))
        {
            throw new ArgumentOutOfRangeException(
                nameof(matryoshkaDimensions), string.Join(", ", matryoshkaDimensions), $"MatryoshkaDimensions goes up to {matryoshkaDimensions.Max()}, but the model '{modelId}' gives vectors of {whole}.");
        }

        // A model whose vectors its own files cut shorter keeps the list that it was trained with.
        Trained = matryoshkaDimensions ?? [.. (config?.Limits("matryoshka_dimensions") ?? []).Where(size => size <= whole)];
        _whole = whole;
        _modelId = modelId;
        _logger = logger;
    }

    /// <summary>The sizes that the model is trained for, as far as is known.</summary>
    public IReadOnlyList<int> Trained { get; }

    /// <summary>The dimensions of a request's vectors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More are asked for than the model has, or none.</exception>
    public int Of(EmbeddingGenerationOptions? options)
    {
        int dimensions = options?.Dimensions ?? _whole;
        if (dimensions < 1 || dimensions > _whole)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), dimensions, $"Dimensions is {dimensions}, but the model '{_modelId}' gives vectors of {_whole}. Ask for 1 to {_whole}.");
        }

        if (dimensions != _whole && !Trained.Contains(dimensions) && Interlocked.Exchange(ref _said, 1) == 0)
        {
            string trained = Trained.Count == 0 ? "nothing says which it is trained for" : $"it is trained for {string.Join(", ", Trained)}";
            LogUntrained(_logger, dimensions, _modelId, trained);
        }

        return dimensions;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Dimensions} dimensions are asked of {ModelId}, but {Trained} (config.json matryoshka_dimensions, or the option MatryoshkaDimensions). Its vectors are cut all the same, at a loss. Said once.")]
    private static partial void LogUntrained(ILogger logger, int dimensions, string modelId, string trained);
}
