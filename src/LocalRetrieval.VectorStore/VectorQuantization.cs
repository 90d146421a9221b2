using System.Diagnostics.CodeAnalysis;

namespace LocalRetrieval.VectorData;

/// <summary>In what form an index keeps the vectors that it compares first. The whole vectors are kept beside it.</summary>
public enum VectorQuantization
{
    /// <summary>As they are: the index compares whole vectors.</summary>
    None,

    /// <summary>Half precision: half of float32's size, for any distance function.</summary>
    Half,

    /// <summary>A byte a component: a quarter of float32's size, for any distance function. Numbers of a vector share a scale; for the Hamming distance equal numbers share a byte.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "What everyone calls this quantization.")]
    Int8,

    /// <summary>A bit a component, of the vectors after a random rotation: a thirtieth of float32's size, for the cosine, the dot product and the Euclidean distance.</summary>
    Binary,
}
