using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Embedding;

/// <summary>Finds the embedder of a type that is known at run time only.</summary>
[RequiresDynamicCode("Makes a generic type of a type that is known at run time.")]
[RequiresUnreferencedCode("Makes a generic type of a type that is known at run time.")]
internal static class ReflectedEmbedder
{
    /// <returns>The embedder, or null where the generator does not take the type.</returns>
    public static InputEmbedder? Find(Type inputType, IEmbeddingGenerator generator)
    {
        if (InputEmbedder.Find(inputType, generator) is { } known)
        {
            return known;
        }

        Type wanted = typeof(IEmbeddingGenerator<,>).MakeGenericType(inputType, typeof(Embedding<float>));
        return wanted.IsInstanceOfType(generator)
            ? (InputEmbedder)Activator.CreateInstance(typeof(InputEmbedder<>).MakeGenericType(inputType), generator)!
            : null;
    }
}
