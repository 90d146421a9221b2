using System.Collections.ObjectModel;

namespace LocalRetrieval.Encoders;

/// <summary>What an encoder knows of itself beside its backend.</summary>
internal sealed record EncoderDescription(ModelSource Source, FingerprintSource Fingerprint)
{
    /// <summary>Counts in the model's tokens.</summary>
    public required ITokenCounter TokenCounter { get; init; }

    /// <summary>The numbers of each of some texts, run as one batch whatever the budget: [texts][numbers].</summary>
    public required Func<string[], CancellationToken, Task<float[][]>> RunTogether { get; init; }

    /// <summary>The tokens of the row that a text is run as.</summary>
    public required Func<string, int> RowTokens { get; init; }

    public IReadOnlyDictionary<string, string> Prompts { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public string DefaultPrompt { get; init; } = "";

    public string? Pooling { get; init; }

    public bool IsNormalized { get; init; }

    public string? SimilarityFunction { get; init; }

    public int? Dimensions { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>What users get.</summary>
    public EncoderInfo ToInfo(EncoderRuntime runtime)
    {
        BackendInfo backend = runtime.Backend;
        return new EncoderInfo(runtime.ModelId, Fingerprint.Compute, token => runtime.CallAsync(() => MeasureAsync(runtime, token), reserved: null, token))
        {
            DescribeExecution = () => runtime.Execution,
            Drain = runtime.DrainAsync,
            ModelPath = Source.Folder.Path,
            RequestedProvider = backend.RequestedProvider,
            ActiveProvider = backend.ExecutionProvider,
            ExecutionProviders = backend.ExecutionProviders,
            Prompts = Prompts,
            DefaultPrompt = DefaultPrompt,
            Pooling = Pooling,
            IsNormalized = IsNormalized,
            SimilarityFunction = SimilarityFunction,
            Dimensions = Dimensions,
            MaxTokens = MaxTokens,
            IsHalfPrecision = backend.IsHalfPrecision,
        };
    }

    private Task<BatchIndependence> MeasureAsync(EncoderRuntime runtime, CancellationToken cancellationToken) =>
        BatchProbe.MeasureAsync(new ProbedEncoder(TokenCounter, RowTokens, runtime.MaxBatchTokens, RunTogether), cancellationToken);
}
