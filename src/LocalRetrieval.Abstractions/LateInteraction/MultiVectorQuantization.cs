using System.Diagnostics.CodeAnalysis;

namespace LocalRetrieval;

/// <summary>How a store keeps the numbers of a <see cref="MultiVectorEmbedding"/>.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The name of the format is what is chosen.")]
public enum MultiVectorQuantization
{
    /// <summary>As float32, as they are.</summary>
    None,

    /// <summary>As int8, with a scale for each vector: a quarter of the memory. What a store gives back are these numbers, which are stored as they are when they come again.</summary>
    Int8,
}
