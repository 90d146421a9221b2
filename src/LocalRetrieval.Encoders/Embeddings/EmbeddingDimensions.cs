using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>The dimensions that a request asks for, of generators that cannot give fewer.</summary>
internal static class EmbeddingDimensions
{
    /// <exception cref="ArgumentOutOfRangeException">Other dimensions than the model's are asked for.</exception>
    public static void RefuseOthers(EmbeddingGenerationOptions? options, EmbeddingGeneratorMetadata metadata)
    {
        if (options?.Dimensions is { } asked && asked != metadata.DefaultModelDimensions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), asked, $"Dimensions is {asked}, but the model '{metadata.DefaultModelId}' gives {metadata.DefaultModelDimensions}, and cannot give others. Leave Dimensions out.");
        }
    }
}
