using System.Numerics;
using System.Numerics.Tensors;

namespace LocalRetrieval.VectorData.MultiVectors.FirstPass;

/// <summary>Fixed-dimensional encodings of <see href="https://arxiv.org/abs/2405.19504">MUVERA</see>: by random planes space is cut into partitions, in each of which a query has its sum and a row its mean.</summary>
/// <remarks>
/// A partition in which a row has nothing gets the vector whose side of the planes differs least. A projection adds each component to one of fewer, with a random sign, which keeps dot products at an average.
/// </remarks>
internal sealed class FixedDimensionalEncoder : FirstPassEncoder
{
    /// <summary>The longest vectors that are made: of longer ones the kernel's sums would leave a query too few bits.</summary>
    public const int GreatestLength = 1 << 16;

    private readonly int _dimensions;
    private readonly int _repetitions;
    private readonly int _bits;
    private readonly int _projected;

    /// <summary>The planes' normals: <c>[repetition, bit, dimension]</c>.</summary>
    private readonly float[] _planes;

    /// <summary>Where each component is added, and with which sign: <c>[repetition, dimension]</c>.</summary>
    private readonly int[] _targets;
    private readonly float[] _signs;

    /// <param name="options">The parameters.</param>
    /// <param name="dimensions">How long the vectors are that it is given.</param>
    public FixedDimensionalEncoder(FixedDimensionalOptions options, int dimensions)
    {
        _dimensions = dimensions;
        _repetitions = options.Repetitions;
        _bits = options.PartitionBits;
        _projected = Math.Min(options.ProjectedDimensions, dimensions);
        Random random = new(options.Seed);
        _planes = [.. Enumerable.Range(0, _repetitions * _bits * dimensions).Select(_ => Normal(random))];
        _targets = new int[_repetitions * dimensions];
        _signs = new float[_targets.Length];
        for (int i = 0; i < _targets.Length; i++)
        {
            bool isWhole = _projected == dimensions;
            _targets[i] = isWhole ? i % dimensions : random.Next(_projected);
            _signs[i] = isWhole || random.Next(2) == 0 ? 1 : -1;
        }
    }

    public override int Dimensions => LengthOf(_repetitions, _bits, _projected);

    private int Partitions => 1 << _bits;

    /// <summary>How long the vectors are that options ask for.</summary>
    public static int LengthOf(FixedDimensionalOptions options, int dimensions) =>
        LengthOf(options.Repetitions, options.PartitionBits, Math.Min(options.ProjectedDimensions, dimensions));

    public override void EncodeQuery(ReadOnlySpan<float> vectors, Span<float> encoded)
    {
        float[] sums = new float[Partitions * _dimensions];
        for (int repetition = 0; repetition < _repetitions; repetition++)
        {
            Array.Clear(sums);
            for (int start = 0; start < vectors.Length; start += _dimensions)
            {
                ReadOnlySpan<float> vector = vectors.Slice(start, _dimensions);
                Span<float> sum = sums.AsSpan(PartitionOf(vector, repetition) * _dimensions, _dimensions);
                TensorPrimitives.Add(sum, vector, sum);
            }

            Project(sums, repetition, encoded);
        }
    }

    public override void EncodeRow(ReadOnlySpan<float> vectors, Span<float> encoded)
    {
        float[] means = new float[Partitions * _dimensions];
        int[] partitions = new int[vectors.Length / _dimensions];
        for (int repetition = 0; repetition < _repetitions; repetition++)
        {
            Array.Clear(means);
            AddMeans(vectors, repetition, partitions, means);
            Project(means, repetition, encoded);
        }
    }

    private static int LengthOf(int repetitions, int bits, int projected) => checked((repetitions << bits) * projected);

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private void AddMeans(ReadOnlySpan<float> vectors, int repetition, int[] partitions, float[] means)
    {
        int[] counts = new int[Partitions];
        for (int i = 0; i < partitions.Length; i++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(i * _dimensions, _dimensions);
            partitions[i] = PartitionOf(vector, repetition);
            counts[partitions[i]]++;
            Span<float> mean = means.AsSpan(partitions[i] * _dimensions, _dimensions);
            TensorPrimitives.Add(mean, vector, mean);
        }

        for (int partition = 0; partition < counts.Length; partition++)
        {
            Span<float> mean = means.AsSpan(partition * _dimensions, _dimensions);
            if (counts[partition] == 0)
            {
                vectors.Slice(NearestTo(partition, partitions) * _dimensions, _dimensions).CopyTo(mean);
            }
            else
            {
                TensorPrimitives.Divide(mean, (float)counts[partition], mean);
            }
        }
    }

    private static int NearestTo(int partition, int[] partitions)
    {
        int nearest = 0;
        for (int i = 1; i < partitions.Length; i++)
        {
            if (BitOperations.PopCount((uint)(partitions[i] ^ partition)) < BitOperations.PopCount((uint)(partitions[nearest] ^ partition)))
            {
                nearest = i;
            }
        }

        return nearest;
    }

    /// <summary>On which side of the planes a vector lies.</summary>
    private int PartitionOf(ReadOnlySpan<float> vector, int repetition)
    {
        int partition = 0;
        for (int bit = 0; bit < _bits; bit++)
        {
            ReadOnlySpan<float> plane = _planes.AsSpan(((repetition * _bits) + bit) * _dimensions, _dimensions);
            partition |= TensorPrimitives.Dot(plane, vector) > 0 ? 1 << bit : 0;
        }

        return partition;
    }

    private void Project(float[] partitions, int repetition, Span<float> encoded)
    {
        ReadOnlySpan<int> targets = _targets.AsSpan(repetition * _dimensions, _dimensions);
        ReadOnlySpan<float> signs = _signs.AsSpan(repetition * _dimensions, _dimensions);
        for (int partition = 0; partition < Partitions; partition++)
        {
            ReadOnlySpan<float> vector = partitions.AsSpan(partition * _dimensions, _dimensions);
            Span<float> projected = encoded.Slice(((repetition * Partitions) + partition) * _projected, _projected);
            for (int i = 0; i < vector.Length; i++)
            {
                projected[targets[i]] += vector[i] * signs[i];
            }
        }
    }
}
