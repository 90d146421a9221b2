using LocalRetrieval.DependencyInjection;
using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.VectorData;
using Vector = Microsoft.Extensions.AI.Embedding;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Turns search values into vectors.</summary>
internal static class QueryEmbedder
{
    /// <param name="property">The property to search.</param>
    /// <param name="searchValues">The vectors, or what the property's generator makes some of; those of one type are embedded by one call.</param>
    /// <param name="check">Finds the generator's encoder and refuses a wrong one; called where something is to be embedded.</param>
    /// <param name="cancellationToken">Ends the embedding.</param>
    /// <returns>For each value a vector of the property that nobody else holds: <c>Embedding&lt;float&gt;</c>, <see cref="SparseEmbedding"/> or <see cref="MultiVectorEmbedding"/>.</returns>
    /// <exception cref="ArgumentException">A value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="NotSupportedException">A value is no vector, and no generator is registered.</exception>
    /// <exception cref="InvalidOperationException">The generator does not take such values.</exception>
    /// <exception cref="VectorStoreException">The generator gave a vector that the property cannot be compared with.</exception>
    public static async Task<Vector[]> EmbedAsync<TInput>(
        VectorProperty property, IReadOnlyList<TInput> searchValues, Func<ValueTask<PropertyEncoder>> check, CancellationToken cancellationToken)
        where TInput : notnull
    {
        Vector?[] vectors = new Vector?[searchValues.Count];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = Read(property, searchValues[i], vectors.Length > 1 ? $" at index {i}" : "");
        }

        if (!vectors.Contains(null))
        {
            return vectors!;
        }

        foreach (IGrouping<Type, int> indexes in Enumerable.Range(0, vectors.Length).Where(index => vectors[index] is null).GroupBy(index => searchValues[index].GetType()))
        {
            object[] values = [.. indexes.Select(index => (object)searchValues[index])];
            IReadOnlyList<Vector> made = await GenerateAsync(FindEmbedder(property, searchValues[indexes.First()]), values, check, cancellationToken).ConfigureAwait(false);
            foreach ((int index, Vector vector) in indexes.Zip(made))
            {
                vectors[index] = property.FindFault(vector) is { } fault
                    ? throw new VectorStoreException($"The search value's vector, made by {property.GeneratorName}, {fault}.")
                    : VectorFormat.Copy(vector);
            }
        }

        return vectors!;
    }

    /// <summary>Copies a value that is a vector; null for any other.</summary>
    private static Vector? Read(VectorProperty property, object? searchValue, string place)
    {
        return searchValue is null ? throw new ArgumentNullException(nameof(searchValue), $"The search value{place} is null.")
            : VectorFormat.ReadEmbedding(searchValue) is not { } given ? null
            : property.FindFault(given) is { } fault ? throw new ArgumentException($"The search vector{place} {fault}.")
            : VectorFormat.Copy(given);
    }

    private static async Task<IReadOnlyList<Vector>> GenerateAsync(
        InputEmbedder embedder, object[] values, Func<ValueTask<PropertyEncoder>> check, CancellationToken cancellationToken)
    {
        PropertyEncoder encoder = await check().ConfigureAwait(false);
        IReadOnlyList<Vector> embeddings = await embedder
            .EmbedAsync(values, EmbeddingInputTypes.QueryOptions(encoder.Options), cancellationToken)
            .ConfigureAwait(false);
        return embeddings.Count == values.Length
            ? embeddings
            : throw new VectorStoreException($"{TypeNames.Of(embedder.Generator.GetType())} gave {embeddings.Count} embeddings for {values.Length} search values.");
    }

    private static InputEmbedder FindEmbedder<TInput>(VectorProperty property, TInput searchValue)
        where TInput : notnull => property.Generator switch
    {
        null => throw new NotSupportedException(
            $"A value of type '{NameOf(searchValue.GetType())}' was passed to 'SearchAsync', but that isn't a supported vector type by your provider "
            + $"and no embedding generator was configured. The supported vector types are: {property.SupportedTypes}. "
            + $"Set a generator on property '{property.Name}', its definition or {nameof(LocalVectorStoreOptions)}."),
        { } generator when InputEmbedder.Find<TInput>(property.Kind, generator) is { } embedder => embedder,
        { } generator when InputEmbedder.Find(searchValue.GetType(), property.Kind, generator) is { } embedder => embedder,
        _ when property.Embedder is { } embedder && property.Type.IsInstanceOfType(searchValue) => embedder,
        _ => throw new InvalidOperationException(
            $"An input of type '{NameOf(searchValue.GetType())}' was provided, "
            + $"but an incompatible embedding generator of type '{NameOf(property.Generator.GetType())}' was configured."),
    };

    private static string NameOf(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => type.Name,
        TypeCode.String => "string",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.Boolean => "bool",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        _ => type.Name,
    };
}
