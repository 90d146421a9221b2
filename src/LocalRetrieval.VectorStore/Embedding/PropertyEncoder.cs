using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>What is known of the encoder that embeds for a property, as far as it concerns the property.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class PropertyEncoder
{
    /// <summary>The encoder of a generator that says nothing.</summary>
    private static readonly PropertyEncoder Unknown = new();

    /// <summary>The fingerprint of what fills the property; null where it is not known.</summary>
    public EncoderFingerprint? Fingerprint { get; private init; }

    /// <summary>What to ask of the generator besides the role, to be copied: the property's dimensions, where the encoder gives more; a vocabulary is not cut, nor are the vectors of tokens. Null for nothing.</summary>
    public EmbeddingGenerationOptions? Options { get; private init; }

    /// <summary>Where the property's distance function orders otherwise than the encoder was trained for: a message. Null where nothing contradicts.</summary>
    public string? Contradiction { get; private init; }

    /// <summary>Asks a generator, which may load its model and reads the model's files.</summary>
    public static PropertyEncoder Ask(IEmbeddingGenerator generator, VectorProperty property) =>
        generator.GetService(typeof(EncoderInfo)) is EncoderInfo info ? Of(info, property) : Unknown;

    /// <summary>What an encoder says of itself, which may read the model's files. It has a fingerprint.</summary>
    public static PropertyEncoder Of(EncoderInfo info, VectorProperty property) => new()
    {
        Fingerprint = info.Fingerprint.WithDimensions(property.Dimensions),
        Options = property.Kind == VectorKind.Dense && property.Dimensions < info.Dimensions ? new EmbeddingGenerationOptions { Dimensions = property.Dimensions } : null,
        Contradiction = info.DescribeContradiction(property.Measure.Name),
    };
}
