using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>The embedded bi-encoder under several values of BatchTokenBudget: what the default was chosen from.</summary>
internal static class BudgetSweep
{
    private const int TokensAContender = 20_000;

    private static readonly int[] Budgets = [2048, 256, 512, 1024, 4096, 16384];

    public static async Task<string> RunAsync(string[] documents, int rounds)
    {
        string model = LocalModels.BiEncoder.Locate();
        Tokenizer tokenizer = Tokenizer.Load(model);
        List<string> tables = [];
        foreach (int length in new[] { 24, 64, 128, 240 })
        {
            string[] texts = Cut(tokenizer, documents, length - tokenizer.CountSpecialTokens(pair: false), TokensAContender / length);
            OnnxEmbeddingGenerator[] generators = Array.ConvertAll(Budgets, budget => OnnxEmbeddingGenerator.Load(model, new OnnxEmbeddingGeneratorOptions { BatchTokenBudget = budget }));
            Contender[] contenders = [.. generators.Select((generator, i) => new Contender($"{Budgets[i]:N0}", () => generator.GenerateAsync(texts)))];
            tables.Add($"## {texts.Length} texts of {length} tokens\n\n{Race.Table("texts", texts.Length, contenders, await Race.RunAsync(contenders, rounds))}");
            Array.ForEach(generators, generator => generator.Dispose());
        }

        return string.Join('\n', tables);
    }

    // Texts of exactly so many tokens, from the starts of documents that have them.
    private static string[] Cut(Tokenizer tokenizer, string[] documents, int tokens, int count)
    {
        List<string> texts = [];
        foreach (string document in documents)
        {
            int end = tokenizer.IndexOfTokenLimit(document, tokens, out int found);
            if (found == tokens)
            {
                texts.Add(document[..end]);
            }
        }

        return [.. Enumerable.Range(0, count).Select(i => texts[i % texts.Count])];
    }
}
