using System.Diagnostics.CodeAnalysis;
using LocalRetrieval.VectorData.Records;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Finds the embedder of a type that is known at run time only.</summary>
[RequiresDynamicCode("Makes a generic type of a type that is known at run time.")]
[RequiresUnreferencedCode("Makes a generic type of a type that is known at run time.")]
internal static class ReflectedEmbedder
{
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find(Type inputType, VectorKind? kind, IEmbeddingGenerator generator) =>
        InputEmbedder.Find(inputType, kind, generator)
        ?? ((Func<VectorKind?, IEmbeddingGenerator, InputEmbedder?>)InputEmbedder.Find<object>).Method.GetGenericMethodDefinition().MakeGenericMethod(inputType)
            .CreateDelegate<Func<VectorKind?, IEmbeddingGenerator, InputEmbedder?>>()(kind, generator);
}
