using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LocalRetrieval.Encoders;

/// <summary>A fixed set of texts from 5 tokens to a model's limit, embedded alone and in mixed batches.</summary>
internal static class BatchProbe
{
    private const int ShortestTokens = 5;

    // A text of 8,192 tokens takes gigabytes of attention; what a batch does to numbers shows at less.
    private const int LongestTokens = 1024;

    // A mixed batch: eight texts padded to 512 tokens.
    private const int BatchTokens = 4096;

    private static readonly string[] Words =
    [
        "river", "engine", "the", "protein", "of", "market", "quiet", "signal", "winter", "and", "court", "algebra", "harbour", "in", "copper", "melody",
        "vaccine", "border", "to", "glacier", "novel", "thread", "with", "orbit", "wheat", "budget", "lantern", "for", "enzyme", "castle", "is", "traffic",
    ];

    /// <summary>Measures an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="NotSupportedException">Not even the shortest text may be run.</exception>
    public static async Task<BatchIndependence> MeasureAsync(ProbedEncoder encoder, CancellationToken cancellationToken)
    {
        (string[] texts, int[] tokens) = Texts(encoder.Counter);
        int[] rows = Runnable(encoder, texts);
        texts = texts[..rows.Length];
        float[][] alone = new float[texts.Length][];
        for (int i = 0; i < alone.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            alone[i] = (await encoder.Run([texts[i]], cancellationToken).ConfigureAwait(false))[0];
        }

        float largest = 0;
        bool isBitForBit = true;
        foreach (int[] batch in Mixed(rows, encoder.MaxBatchTokens(rows.Max())))
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[][] together = await encoder.Run([.. batch.Select(index => texts[index])], cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
            {
                largest = MathF.Max(largest, Difference(alone[batch[i]], together[i]));
                isBitForBit &= MemoryMarshal.AsBytes(together[i].AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(alone[batch[i]].AsSpan()));
            }
        }

        return new BatchIndependence { LargestDifference = largest, IsBitForBit = isBitForBit, Texts = texts.Length, LongestTokens = tokens[texts.Length - 1] };
    }

    /// <summary>The probe's texts, shortest first, and the tokens of each.</summary>
    public static (string[] Texts, int[] Tokens) Texts(ITokenCounter counter)
    {
        int longest = Math.Min(counter.MaxTokens ?? LongestTokens, LongestTokens);
        string source = Source(counter, longest);
        List<int> lengths = [];
        for (int length = ShortestTokens; length < longest; length += Math.Max(1, length * 3 / 5))
        {
            lengths.Add(length);
        }

        int[] tokens = new int[lengths.Count + 1];
        string[] texts = [.. lengths.Append(longest).Select((length, i) => source[..counter.IndexOfTokenLimit(source, length, out tokens[i])])];
        return (texts, tokens);
    }

    // The tokens of the rows of those texts, shortest first, that may be run by themselves.
    private static int[] Runnable(ProbedEncoder encoder, string[] texts)
    {
        int[] rows = [.. texts.Select(encoder.RowTokens).TakeWhile(tokens => encoder.MaxBatchTokens(tokens) > 0)];
        return rows.Length > 0 ? rows : throw new NotSupportedException(
            $"Whether texts that share a batch change each other's numbers cannot be measured: MaxRunBytes allows no run of even {encoder.RowTokens(texts[0])} tokens. Raise it.");
    }

    // The shortest beside the longest, and neighbours beside each other: each text stands in two batches.
    private static IEnumerable<int[]> Mixed(int[] tokens, int maxBatchTokens)
    {
        int[] ascending = [.. Enumerable.Range(0, tokens.Length)];
        int[] alternating = [.. ascending.Select(i => i % 2 == 0 ? i / 2 : tokens.Length - 1 - (i / 2))];
        int budget = Math.Min(maxBatchTokens, Math.Max(BatchTokens, 2 * tokens[^1]));
        return Cut(alternating, tokens, budget).Concat(Cut(ascending, tokens, budget));
    }

    private static IEnumerable<int[]> Cut(int[] order, int[] tokens, int budget) =>
        BatchPlanner.InOrder(Array.ConvertAll(order, index => tokens[index]), int.MaxValue, budget).Select(batch => Array.ConvertAll(batch, place => order[place]));

    private static float Difference(float[] one, float[] other)
    {
        if (one.Length != other.Length)
        {
            return float.PositiveInfinity;
        }

        float largest = 0;
        for (int i = 0; i < one.Length; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(one[i] - other[i]));
        }

        return largest;
    }

    // More than enough words, in an order that does not repeat soon.
    private static string Source(ITokenCounter counter, int tokens)
    {
        StringBuilder text = new();
        for (int count = 2 * tokens; ; count *= 2)
        {
            text.Clear();
            for (int i = 0; i < count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Words[((i * 7) + (i / 32)) % Words.Length]} ");
            }

            if (counter.CountTokens(text.ToString()) >= tokens)
            {
                return text.ToString();
            }
        }
    }
}
