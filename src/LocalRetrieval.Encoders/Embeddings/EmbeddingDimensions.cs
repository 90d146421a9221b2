using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>The dimensions that a request asks for, of generators that cannot give fewer.</summary>
internal static class EmbeddingDimensions
{
    /// <exception cref="ArgumentOutOfRangeException">Other dimensions than the model's are asked for.</exception>
    public static void RefuseOthers(EmbeddingGenerationOptions? options, int dimensions, string modelId)
    {
        if (options?.Dimensions is { } asked && asked != dimensions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), asked, $"Dimensions is {asked}, but the model '{modelId}' gives {dimensions}, and cannot give others. Leave Dimensions out.");
        }
    }
}
