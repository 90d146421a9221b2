using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>Settings of a definition's vector property that only <see cref="LocalVectorStore"/> reads.</summary>
public static class VectorIndexExtensions
{
    /// <summary>Gives the index of a vector property options of its own.</summary>
    /// <param name="property">The property; its <see cref="VectorStoreVectorProperty.IndexKind"/> says which index it is, and without one the options are refused.</param>
    /// <param name="options">How the index finds the nearest records; they are copied. A collection keeps what it was opened with first.</param>
    /// <returns><paramref name="property"/>.</returns>
    /// <remarks>A class whose attributes describe its properties takes them from a definition beside it, with the vector property alone.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="property"/> or <paramref name="options"/> is null.</exception>
    public static VectorStoreVectorProperty WithVectorIndex(this VectorStoreVectorProperty property, VectorIndexOptions options)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(options);
        (property.ProviderAnnotations ??= [])[VectorIndexOptions.AnnotationKey] = new VectorIndexOptions(options);
        return property;
    }

    internal static VectorIndexOptions? FindVectorIndex(VectorStoreVectorProperty property) =>
        property.ProviderAnnotations?.GetValueOrDefault(VectorIndexOptions.AnnotationKey) as VectorIndexOptions;
}
