using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Turns a search value into a vector.</summary>
internal static class QueryEmbedder
{
    /// <exception cref="ArgumentException">The value is a vector that the property cannot be compared with.</exception>
    /// <exception cref="NotSupportedException">The value is no vector, and no generator is registered.</exception>
    /// <exception cref="InvalidOperationException">The generator does not take such values.</exception>
    /// <exception cref="VectorStoreException">The generator gave a vector that the property cannot be compared with.</exception>
    public static async Task<StoredVector> EmbedAsync<TInput>(VectorProperty property, TInput searchValue, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (VectorValue.Read(searchValue) is { } given)
        {
            return property.FindFault(given.Span) is { } fault
                ? throw new ArgumentException($"The search vector {fault}.", nameof(searchValue))
                : StoredVector.Copy(given.Span);
        }

        ReadOnlyMemory<float> vector = await GenerateAsync(property, searchValue, cancellationToken).ConfigureAwait(false);
        return property.FindFault(vector.Span) is { } generatedFault
            ? throw new VectorStoreException($"The search value's vector, made by {property.Generator!.GetType().Name}, {generatedFault}.")
            : StoredVector.Copy(vector.Span);
    }

    private static Task<ReadOnlyMemory<float>> GenerateAsync<TInput>(VectorProperty property, TInput searchValue, CancellationToken cancellationToken)
        where TInput : notnull =>
        (property.Generator, searchValue) switch
        {
            (null, _) => throw new NotSupportedException(
                $"Property '{property.Name}' cannot be searched by a {searchValue.GetType().Name}: it is no vector ({VectorValue.SupportedTypes}), "
                + "and no embedding generator is registered. "
                + $"Set one on the property, its definition or {nameof(LocalVectorStoreOptions)}."),
            (IEmbeddingGenerator<TInput, Embedding<float>> generator, _) => generator.GenerateVectorAsync(searchValue, EmbeddingInputTypes.QueryOptions(), cancellationToken),
            (IEmbeddingGenerator<string, Embedding<float>> generator, string text) => generator.GenerateVectorAsync(text, EmbeddingInputTypes.QueryOptions(), cancellationToken),
            _ => throw new InvalidOperationException(
                $"Property '{property.Name}' cannot be searched by a {searchValue.GetType().Name}: "
                + $"its generator {property.Generator.GetType().Name} does not turn such values into Embedding<float>."),
        };
}
