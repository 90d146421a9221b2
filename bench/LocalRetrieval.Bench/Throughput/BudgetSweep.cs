using LocalRetrieval.Onnx;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Throughput;

/// <summary>The embedded encoders under several values of BatchTokenBudget: what the defaults were chosen from.</summary>
internal static class BudgetSweep
{
    private const int TokensAContender = 20_000;
    private const int Pairs = 60;
    private const int TokensOfPair = 256;

    private static readonly int[] Budgets = [1024, 256, 512, 2048, 4096, 16384];

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

        return string.Join('\n', [.. tables, await RerankAsync(documents, rounds)]);
    }

    private static async Task<string> RerankAsync(string[] documents, int rounds)
    {
        string model = LocalModels.CrossEncoder.Locate();
        string[] texts = documents[..Pairs];
        OnnxTextReranker[] rerankers = Array.ConvertAll(Budgets, budget => OnnxTextReranker.Load(model, new OnnxTextRerankerOptions { BatchTokenBudget = budget, MaxTokens = TokensOfPair }));
        Contender[] contenders = [.. rerankers.Select((reranker, i) => new Contender($"{Budgets[i]:N0}", () => reranker.RerankAsync(texts[0].Split('.')[0], texts)))];
        string table = Race.Table("pairs", Pairs, contenders, await Race.RunAsync(contenders, rounds));
        Array.ForEach(rerankers, reranker => reranker.Dispose());
        return $"## {Pairs} pairs of up to {TokensOfPair} tokens, reranked by the embedded cross-encoder\n\n{table}";
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
