using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData;

/// <summary>Settings of a definition's data property that only <see cref="LocalVectorStore"/> reads.</summary>
public static class KeywordIndexExtensions
{
    /// <summary>Gives a text property a full-text index with options of its own instead of <see cref="LocalVectorStoreOptions.Keywords"/>.</summary>
    /// <param name="property">The property; it becomes <see cref="VectorStoreDataProperty.IsFullTextIndexed"/>.</param>
    /// <param name="options">How its texts are found by their words; they are copied. A collection keeps what it was created with.</param>
    /// <returns><paramref name="property"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="property"/> or <paramref name="options"/> is null.</exception>
    public static VectorStoreDataProperty WithKeywordIndex(this VectorStoreDataProperty property, KeywordIndexOptions options)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(options);
        property.IsFullTextIndexed = true;
        (property.ProviderAnnotations ??= [])[KeywordIndexOptions.AnnotationKey] = new KeywordIndexOptions(options);
        return property;
    }

    internal static KeywordIndexOptions? FindKeywordIndex(VectorStoreDataProperty property) =>
        property.ProviderAnnotations?.GetValueOrDefault(KeywordIndexOptions.AnnotationKey) as KeywordIndexOptions;
}
