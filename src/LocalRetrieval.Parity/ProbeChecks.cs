using System.Globalization;

namespace LocalRetrieval.Parity;

/// <summary>What can be checked of an encoder without expected values.</summary>
internal static class ProbeChecks
{
    private const double NormTolerance = 1e-4;
    private const double HalfNormTolerance = 2e-3;

    // What a prompt that is read changes at the least.
    private const double PromptTolerance = 1e-5;

    private static readonly string[] Texts =
    [
        "A river rises in the mountains.",
        "engine",
        "The court heard the case in winter; the harbour was closed, and copper had become dear.",
        string.Join(' ', Enumerable.Repeat("Wheat is traded in the market by weight.", 12)),
        "Which enzyme copies a thread of the novel protein?",
    ];

    /// <param name="run">Where checks are noted.</param>
    /// <param name="embed">The numbers of each text for a role, or for none: [texts][numbers].</param>
    /// <param name="vectorLength">How many of the numbers are one vector; null where they are none to be of unit length.</param>
    /// <param name="roles">The names of prompts.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public static async Task RunAsync(ParityRun run, Func<string[], string?, Task<float[][]>> embed, int? vectorLength, IEnumerable<string> roles, CancellationToken cancellationToken)
    {
        float[][] together = await embed(Texts, null).ConfigureAwait(false);
        float[][] alone = await EachAsync(embed, null).ConfigureAwait(false);
        run.Compare("padding", Compare(alone, together), BatchIndependence.Tolerance);
        run.Compare("repetition", Compare(together, await embed(Texts, null).ConfigureAwait(false)), 0);
        run.Expect("distinct texts", together.Select(Key).Distinct().Count() == Texts.Length, "texts that differ have vectors that differ");
        if (vectorLength is { } length)
        {
            CheckNorms(run, together, length);
        }

        foreach (string role in roles)
        {
            await run.TryAsync($"prompt {role}", async () => CheckPrompt(run, role, together, await embed(Texts, role).ConfigureAwait(false))).ConfigureAwait(false);
        }

        await run.TryAsync("batch independence", async () =>
        {
            BatchIndependence measured = await run.Info.MeasureBatchIndependenceAsync(cancellationToken).ConfigureAwait(false);
            run.Expect("batch independence", measured.IsIndependent, string.Create(
                CultureInfo.InvariantCulture,
                $"the largest difference over {measured.Texts} texts of up to {measured.LongestTokens} tokens is {measured.LargestDifference:0.##e+0}, the same bit for bit: {(measured.IsBitForBit ? "yes" : "no")}"));
        }).ConfigureAwait(false);
    }

    private static async Task<float[][]> EachAsync(Func<string[], string?, Task<float[][]>> embed, string? role)
    {
        float[][] alone = new float[Texts.Length][];
        for (int i = 0; i < Texts.Length; i++)
        {
            alone[i] = (await embed([Texts[i]], role).ConfigureAwait(false))[0];
        }

        return alone;
    }

    private static void CheckNorms(ParityRun run, float[][] embeddings, int length)
    {
        double[] norms = [.. embeddings.SelectMany(numbers => numbers.Chunk(length)).Select(vector => Math.Sqrt(vector.Sum(value => (double)value * value)))];
        if (!run.Info.IsNormalized)
        {
            run.Expect("norms", norms.All(norm => norm > 0 && double.IsFinite(norm)), "above 0");
            return;
        }

        Deviation deviation = new();
        deviation.Add("norms", [.. norms.Select(_ => 1f)], [.. norms.Select(norm => (float)norm)]);
        run.Compare("norms", deviation, run.Info.IsHalfPrecision ? HalfNormTolerance : NormTolerance);
    }

    private static void CheckPrompt(ParityRun run, string role, float[][] without, float[][] with)
    {
        double least = without.Zip(with).Min(pair => Compare([pair.First], [pair.Second]).Largest);
        run.Expect($"prompt {role}", least > PromptTolerance, string.Create(CultureInfo.InvariantCulture, $"changes every vector by {least:0.##e+0} at least"));
    }

    private static Deviation Compare(float[][] expected, float[][] actual)
    {
        Deviation deviation = new();
        for (int i = 0; i < expected.Length; i++)
        {
            deviation.Add($"text {i}", expected[i], actual[i]);
        }

        return deviation;
    }

    private static string Key(float[] numbers) => string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
