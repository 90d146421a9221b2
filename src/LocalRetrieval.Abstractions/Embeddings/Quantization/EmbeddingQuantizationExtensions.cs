using System.Collections;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>Smaller kinds of vectors out of any generator of <see cref="float"/> vectors, local or remote.</summary>
/// <remarks>
/// What they give has the generator's options, services, metadata, usage and properties; disposing it disposes the generator. Each is as safe
/// for concurrent use as the generator.
/// </remarks>
public static class EmbeddingQuantizationExtensions
{
    /// <summary>Gives vectors of 16-bit floats: half the size.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <returns>A generator over it. A value beyond the range of <see cref="Half"/> (65,504) is an <see cref="InvalidOperationException"/> of its call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static IEmbeddingGenerator<TInput, Embedding<Half>> AsHalf<TInput>(this IEmbeddingGenerator<TInput, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new ConvertedEmbeddingGenerator<TInput, Embedding<Half>>(generator, static vector => new Embedding<Half>(ToHalf(vector)));
    }

    /// <summary>Gives vectors of 8-bit integers: a quarter of the size, spread over the ranges of <paramref name="calibration"/>.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="calibration">The ranges, learned from embeddings of the same model and dimensions: <see cref="SByteCalibration.FromSamples"/>.</param>
    /// <returns>A generator over it. A vector of other dimensions than the calibration's is an <see cref="ArgumentException"/> of its call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="calibration"/> is null.</exception>
    public static IEmbeddingGenerator<TInput, Embedding<sbyte>> AsSByte<TInput>(this IEmbeddingGenerator<TInput, Embedding<float>> generator, SByteCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(calibration);
        return new ConvertedEmbeddingGenerator<TInput, Embedding<sbyte>>(generator, vector => new Embedding<sbyte>(calibration.Quantize(vector.Span)));
    }

    /// <summary>Gives a bit a dimension, set where the value is above 0: a 32nd of the size, compared by Hamming distance.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <returns>A generator over it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is null.</exception>
    public static IEmbeddingGenerator<TInput, BinaryEmbedding> AsBinary<TInput>(this IEmbeddingGenerator<TInput, Embedding<float>> generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new ConvertedEmbeddingGenerator<TInput, BinaryEmbedding>(generator, static vector => new BinaryEmbedding(ToBits(vector.Span)));
    }

    /// <summary>
    /// The bits in bytes, the first bit of each the most significant, as numpy's <c>packbits</c> and sentence-transformers' precision
    /// <c>ubinary</c> have them; the last byte is filled up with zeros.
    /// </summary>
    /// <param name="embedding">The embedding.</param>
    /// <returns>The bytes, [(dimensions + 7) / 8].</returns>
    /// <exception cref="ArgumentNullException"><paramref name="embedding"/> is null.</exception>
    public static byte[] ToPackedBytes(this BinaryEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        byte[] bytes = new byte[(embedding.Vector.Length + 7) / 8];
        for (int i = 0; i < embedding.Vector.Length; i++)
        {
            if (embedding.Vector[i])
            {
                bytes[i / 8] |= (byte)(0x80 >> (i % 8));
            }
        }

        return bytes;
    }

    private static Half[] ToHalf(ReadOnlyMemory<float> vector)
    {
        ReadOnlySpan<float> values = vector.Span;
        Half[] halves = new Half[values.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)values[i];
            if (!Half.IsFinite(halves[i]))
            {
                throw new InvalidOperationException($"Dimension {i} of a vector is {values[i]}, which a 16-bit float cannot hold (at most {Half.MaxValue}). Normalise the vectors, or keep them as they are.");
            }
        }

        return halves;
    }

    private static BitArray ToBits(ReadOnlySpan<float> vector)
    {
        BitArray bits = new(vector.Length);
        for (int i = 0; i < vector.Length; i++)
        {
            bits[i] = vector[i] > 0;
        }

        return bits;
    }
}
