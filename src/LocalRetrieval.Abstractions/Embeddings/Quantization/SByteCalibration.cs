using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace LocalRetrieval;

/// <summary>
/// The range of each dimension, learned from sample embeddings, that 8-bit integers are spread over: sentence-transformers'
/// <c>quantize_embeddings</c> of precision <c>int8</c>.
/// </summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. System.Text.Json writes and reads it, as the lists Minimums and Maximums.</para>
/// <para>Vectors that are compared must share a calibration. A hundred samples of the very texts that will be searched, or more, do well.</para>
/// </remarks>
public sealed class SByteCalibration
{
    private const int Levels = 255;

    private readonly float[] _minimums;
    private readonly float[] _maximums;
    private readonly float[] _steps;

    /// <summary>A calibration of known ranges.</summary>
    /// <param name="minimums">The least value of each dimension, [dimensions].</param>
    /// <param name="maximums">The largest value of each dimension, [dimensions]; none below its minimum.</param>
    /// <exception cref="ArgumentException">There are no dimensions, the lengths differ, or a range is empty or not finite; the message names its dimension.</exception>
    [JsonConstructor]
    public SByteCalibration(ReadOnlyMemory<float> minimums, ReadOnlyMemory<float> maximums)
    {
        if (minimums.Length == 0 || minimums.Length != maximums.Length)
        {
            throw new ArgumentException($"There are {minimums.Length} minimums and {maximums.Length} maximums; expected one of each a dimension.", nameof(maximums));
        }

        _minimums = minimums.ToArray();
        _maximums = maximums.ToArray();
        _steps = new float[_minimums.Length];
        for (int i = 0; i < _steps.Length; i++)
        {
            float width = _maximums[i] - _minimums[i];
            if (!float.IsFinite(width) || width < 0)
            {
                throw new ArgumentException($"The range of dimension {i} is {_minimums[i]} to {_maximums[i]}; expected finite values, the minimum first.", nameof(maximums));
            }

            // A dimension that never varies is all of the lowest level.
            _steps[i] = width == 0 ? 1 : width / Levels;
        }
    }

    /// <summary>The least value of each dimension, [<see cref="Dimensions"/>].</summary>
    public ReadOnlyMemory<float> Minimums => _minimums;

    /// <summary>The largest value of each dimension, [<see cref="Dimensions"/>].</summary>
    public ReadOnlyMemory<float> Maximums => _maximums;

    /// <summary>The length of the vectors that it is for.</summary>
    [JsonIgnore]
    public int Dimensions => _steps.Length;

    /// <summary>Learns the ranges from embeddings.</summary>
    /// <param name="samples">Embeddings of texts like those to come; at least one, all of one length.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="samples"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no samples, one is null, their lengths differ, or a value is not finite.</exception>
    public static SByteCalibration FromSamples(IEnumerable<Embedding<float>> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        float[]? minimums = null;
        float[]? maximums = null;
        int index = 0;
        foreach (Embedding<float> sample in samples)
        {
            ReadOnlySpan<float> vector = sample is null ? throw new ArgumentException($"The sample at index {index} is null.", nameof(samples)) : sample.Vector.Span;
            index++;
            if (minimums is null || maximums is null)
            {
                (minimums, maximums) = (vector.ToArray(), vector.ToArray());
                continue;
            }

            if (vector.Length != minimums.Length)
            {
                throw new ArgumentException($"The samples are of {minimums.Length} and of {vector.Length} dimensions; expected one length.", nameof(samples));
            }

            for (int i = 0; i < vector.Length; i++)
            {
                minimums[i] = MathF.Min(minimums[i], vector[i]);
                maximums[i] = MathF.Max(maximums[i], vector[i]);
            }
        }

        return minimums is null
            ? throw new ArgumentException("There are no samples to learn the ranges from.", nameof(samples))
            : new SByteCalibration(minimums, maximums);
    }

    /// <summary>Brings a vector to 8 bits: -128 for the minimum of a dimension and below, 127 for its maximum and above.</summary>
    /// <param name="vector">The vector, [<see cref="Dimensions"/>].</param>
    /// <returns>Its levels, [<see cref="Dimensions"/>].</returns>
    /// <exception cref="ArgumentException">The vector is of another length, or has a value that is not a number.</exception>
    public sbyte[] Quantize(ReadOnlySpan<float> vector)
    {
        if (vector.Length != _steps.Length)
        {
            throw new ArgumentException(
                $"The vector has {vector.Length} dimensions, but the calibration {_steps.Length}. Learn it from embeddings of the same model and dimensions.", nameof(vector));
        }

        sbyte[] levels = new sbyte[vector.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            float level = MathF.Floor((vector[i] - _minimums[i]) / _steps[i]);
            levels[i] = float.IsNaN(level)
                ? throw new ArgumentException($"The vector has {vector[i]} at dimension {i}.", nameof(vector))
                : (sbyte)(Math.Clamp(level, 0, Levels) - 128);
        }

        return levels;
    }
}
