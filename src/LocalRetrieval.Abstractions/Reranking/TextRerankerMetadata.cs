namespace LocalRetrieval;

/// <summary>What is known about an <see cref="ITextReranker"/>.</summary>
/// <param name="providerName">The provider, in lower case, as telemetry names it; for instance <c>onnxruntime</c>.</param>
/// <param name="providerUri">Where the provider is reached, or null for one in this process.</param>
/// <param name="defaultModelId">The model used when a request names none.</param>
/// <param name="maxPairTokens">The longest pair in tokens, special tokens included; longer ones are cut. Null where it is not known.</param>
public sealed class TextRerankerMetadata(
    string? providerName = null, Uri? providerUri = null, string? defaultModelId = null, int? maxPairTokens = null)
{
    /// <summary>The provider, in lower case, as telemetry names it.</summary>
    public string? ProviderName { get; } = providerName;

    /// <summary>Where the provider is reached, or null for one in this process.</summary>
    public Uri? ProviderUri { get; } = providerUri;

    /// <summary>The model used when a request names none.</summary>
    public string? DefaultModelId { get; } = defaultModelId;

    /// <summary>The longest pair in tokens, special tokens included, or null where it is not known.</summary>
    public int? MaxPairTokens { get; } = maxPairTokens;
}
