using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Finds the embedder of a type that is known at run time only.</summary>
[RequiresDynamicCode("Makes a generic type of a type that is known at run time.")]
[RequiresUnreferencedCode("Makes a generic type of a type that is known at run time.")]
internal static class ReflectedEmbedder
{
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find(Type inputType, bool? isSparse, IEmbeddingGenerator generator) =>
        InputEmbedder.Find(inputType, isSparse, generator)
        ?? ((Func<bool?, IEmbeddingGenerator, InputEmbedder?>)InputEmbedder.Find<object>).Method.GetGenericMethodDefinition().MakeGenericMethod(inputType)
            .CreateDelegate<Func<bool?, IEmbeddingGenerator, InputEmbedder?>>()(isSparse, generator);
}
