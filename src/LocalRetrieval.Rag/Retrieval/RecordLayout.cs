using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.Rag;

/// <summary>What is known of a record's properties as a store sees them: from the collection's definition, or else the record's attributes.</summary>
internal sealed class RecordLayout
{
    private RecordLayout(IReadOnlyList<VectorStoreProperty> properties, string? searchedVector, bool isAssumed)
    {
        IsAssumed = isAssumed;
        KeyName = properties.OfType<VectorStoreKeyProperty>().FirstOrDefault()?.Name;
        HasFullText = properties.Count == 0 ? null : properties.OfType<VectorStoreDataProperty>().Any(property => property.IsFullTextIndexed);
        VectorStoreVectorProperty[] vectors = [.. properties.OfType<VectorStoreVectorProperty>()];
        Vector = vectors.Length == 1 ? vectors[0] : Array.Find(vectors, vector => vector.Name == searchedVector);
    }

    /// <summary>Whether nothing says so of this collection, which may have been created otherwise.</summary>
    public bool IsAssumed { get; }

    /// <summary>The key property's name; null where it is not known.</summary>
    public string? KeyName { get; }

    /// <summary>Whether the words of a property are indexed; null where the properties are not known.</summary>
    public bool? HasFullText { get; }

    /// <summary>The searched vector; null where it is not known.</summary>
    public VectorStoreVectorProperty? Vector { get; }

    /// <param name="options">Their definition and searched vector.</param>
    /// <param name="fallback">The definition where the options have none and the record no attributes.</param>
    public static RecordLayout Of<TRecord>(PassageRetrieverOptions<TRecord> options, VectorStoreCollectionDefinition? fallback)
        where TRecord : class
    {
        IReadOnlyList<VectorStoreProperty> properties = options.Definition is { } definition ? [.. definition.Properties] : [.. Attributed(typeof(TRecord))];
        string? vector = VectorName.Of(options.VectorProperty);
        return properties.Count == 0 && fallback is not null
            ? new RecordLayout([.. fallback.Properties], vector, isAssumed: true)
            : new RecordLayout(properties, vector, isAssumed: false);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Who maps records without a definition keeps their properties for the store.")]
    private static IEnumerable<VectorStoreProperty> Attributed(Type record)
    {
        foreach (PropertyInfo property in record.GetProperties())
        {
            if (property.GetCustomAttribute<VectorStoreKeyAttribute>() is not null)
            {
                yield return new VectorStoreKeyProperty(property.Name, property.PropertyType);
            }
            else if (property.GetCustomAttribute<VectorStoreDataAttribute>() is { } data)
            {
                yield return new VectorStoreDataProperty(property.Name, property.PropertyType) { IsFullTextIndexed = data.IsFullTextIndexed };
            }
            else if (property.GetCustomAttribute<VectorStoreVectorAttribute>() is { } vector)
            {
                yield return new VectorStoreVectorProperty(property.Name, property.PropertyType, vector.Dimensions) { DistanceFunction = vector.DistanceFunction };
            }
        }
    }
}
