using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Turns a search value into a vector.</summary>
internal static class QueryEmbedder
{
    /// <returns>A vector of the property that nobody else holds.</returns>
    /// <exception cref="ArgumentException">The value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="NotSupportedException">The value is no vector, and no generator is registered.</exception>
    /// <exception cref="InvalidOperationException">The generator does not take such values.</exception>
    /// <exception cref="VectorStoreException">The generator gave a vector that the property cannot be compared with.</exception>
    public static async Task<float[]> EmbedAsync<TInput>(VectorProperty property, TInput searchValue, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (VectorFormat.Read(searchValue) is { } given)
        {
            return property.FindFault(given.Span) is { } fault
                ? throw new ArgumentException($"The search vector {fault}.", nameof(searchValue))
                : given.ToArray();
        }

        ReadOnlyMemory<float> vector = await GenerateAsync(property, searchValue, cancellationToken).ConfigureAwait(false);
        return property.FindFault(vector.Span) is { } generatedFault
            ? throw new VectorStoreException($"The search value's vector, made by {property.Generator!.GetType().Name}, {generatedFault}.")
            : vector.ToArray();
    }

    private static async Task<ReadOnlyMemory<float>> GenerateAsync<TInput>(VectorProperty property, TInput searchValue, CancellationToken cancellationToken)
        where TInput : notnull
    {
        switch (property.Generator)
        {
            case null:
                throw new NotSupportedException(
                    $"A value of type '{NameOf(searchValue.GetType())}' was passed to 'SearchAsync', but that isn't a supported vector type by your provider "
                    + $"and no embedding generator was configured. The supported vector types are: {VectorFormat.SupportedTypes}. "
                    + $"Set a generator on property '{property.Name}', its definition or {nameof(LocalVectorStoreOptions)}.");
            case IEmbeddingGenerator<TInput, Embedding<float>> generator:
                return await generator.GenerateVectorAsync(searchValue, EmbeddingInputTypes.QueryOptions(), cancellationToken).ConfigureAwait(false);
            case IEmbeddingGenerator<string, Embedding<float>> generator when searchValue is string text:
                return await generator.GenerateVectorAsync(text, EmbeddingInputTypes.QueryOptions(), cancellationToken).ConfigureAwait(false);
            case { } when property.Embedder is { } embedder && property.Type.IsInstanceOfType(searchValue):
                return (await embedder.EmbedAsync([searchValue], EmbeddingInputTypes.QueryOptions(), cancellationToken).ConfigureAwait(false))[0].Vector;
            default:
                throw new InvalidOperationException(
                    $"An input of type '{NameOf(searchValue.GetType())}' was provided, "
                    + $"but an incompatible embedding generator of type '{NameOf(property.Generator.GetType())}' was configured.");
        }
    }

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
