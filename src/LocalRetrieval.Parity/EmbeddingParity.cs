using System.Text.Json;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Parity;

/// <summary>Holds dense and sparse embeddings against expected values.</summary>
internal static class EmbeddingParity
{
    public static async Task CompareAsync<T>(
        ParityRun run, ExpectedValues expected, IEmbeddingGenerator<string, T> generator, Func<T, float[]> read, Func<JsonElement, T, float[]> readExpected, CancellationToken cancellationToken)
        where T : Embedding
    {
        expected.CheckSettings(run);
        foreach (IGrouping<string?, JsonElement> role in expected.Cases.GroupBy(golden => golden.TryGetProperty("role", out JsonElement role) ? role.GetString() : null))
        {
            string name = role.Key is null ? "" : $" as {role.Key}";
            await run.TryAsync($"values{name}", () => CompareAsync(run, name, [.. role], role.Key, generator, read, readExpected, cancellationToken)).ConfigureAwait(false);
        }
    }

    private static async Task CompareAsync<T>(
        ParityRun run, string name, JsonElement[] cases, string? role, IEmbeddingGenerator<string, T> generator, Func<T, float[]> read, Func<JsonElement, T, float[]> readExpected, CancellationToken cancellationToken)
        where T : Embedding
    {
        EmbeddingGenerationOptions options = Options(cases[0], role);
        GeneratedEmbeddings<T> together = await generator.GenerateAsync(cases.Select(Text), options, cancellationToken).ConfigureAwait(false);
        Deviation inOneCall = new();
        Deviation alone = new();
        Deviation tokens = new();
        for (int i = 0; i < cases.Length; i++)
        {
            GeneratedEmbeddings<T> single = await generator.GenerateAsync([Text(cases[i])], options, cancellationToken).ConfigureAwait(false);
            inOneCall.Add($"case {i}", readExpected(cases[i], together[i]), read(together[i]));
            alone.Add($"case {i}", readExpected(cases[i], single[0]), read(single[0]));
            if (cases[i].TryGetProperty("tokens", out JsonElement count))
            {
                tokens.Add($"case {i}", [count.GetInt32()], [single.Usage?.InputTokenCount ?? float.NaN]);
            }
        }

        run.Compare($"values{name}, in one call", inOneCall, run.Tolerance);
        run.Compare($"values{name}, text by text", alone, run.Tolerance);
        run.Compare($"tokens{name}", tokens, 0);
    }

    private static string Text(JsonElement golden) => golden.GetProperty("text").GetString()!;

    // Fewer values than the model gives are asked for as fewer dimensions.
    private static EmbeddingGenerationOptions Options(JsonElement golden, string? role) => new()
    {
        Dimensions = golden.TryGetProperty("embedding", out JsonElement embedding) ? embedding.GetArrayLength() : null,
        AdditionalProperties = role is null ? null : new() { [EmbeddingPropertyNames.InputType] = role },
    };
}
