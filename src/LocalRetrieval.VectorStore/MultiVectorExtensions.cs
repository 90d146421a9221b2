using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>Settings of a definition's vector property of several vectors a record that only <see cref="LocalVectorStore"/> reads.</summary>
public static class MultiVectorExtensions
{
    /// <summary>Says how a property of several vectors a record is kept and found.</summary>
    /// <param name="property">The property: of type <see cref="MultiVectorEmbedding"/>, or of one that a generator makes such of.</param>
    /// <param name="options">How; they are copied. A collection keeps the quantization that it was created with; the first pass is that of the first who opens it.</param>
    /// <returns><paramref name="property"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="property"/> or <paramref name="options"/> is null.</exception>
    public static VectorStoreVectorProperty WithMultiVectors(this VectorStoreVectorProperty property, MultiVectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(options);
        (property.ProviderAnnotations ??= [])[MultiVectorOptions.AnnotationKey] = new MultiVectorOptions(options);
        return property;
    }

    internal static MultiVectorOptions? FindMultiVectors(VectorStoreVectorProperty property) =>
        property.ProviderAnnotations?.GetValueOrDefault(MultiVectorOptions.AnnotationKey) as MultiVectorOptions;
}
