using LocalRetrieval.Testing;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.Searching;

/// <summary>Keyword search over SciFact: beside a naive scorer, indexing, and what it finds.</summary>
internal static class KeywordBenchmark
{
    private const int Top = 100;

    public static async Task<string> RunAsync(int rounds)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", "scifact"));
        KeyValuePair<int, string>[] texts = [.. data.Corpus.Values.Select((text, row) => KeyValuePair.Create(row, text))];
        KeywordIndex plain = Index(new KeywordIndexOptions(), texts);
        return FormattableString.Invariant($"""
            {texts.Length:N0} documents, {data.Queries.Count} queries, top {Top}, one thread, {rounds} rounds.

            ## Search

            {await SearchAsync(data, plain, rounds)}
            ## Indexing

            {await IndexAsync(texts, plain, rounds)}
            ## nDCG@10

            | | SciFact |
            |---|---:|
            | words | {Quality(data, plain):F4} |
            | without English stop words | {Quality(data, Index(new KeywordIndexOptions { RemoveStopWords = true }, texts)):F4} |
            | without English stop words, stems | {Quality(data, Index(new KeywordIndexOptions { RemoveStopWords = true, Stem = true }, texts)):F4} |

            """);
    }

    private static KeywordIndex Index(KeywordIndexOptions options, IEnumerable<KeyValuePair<int, string>> texts) => new KeywordIndex(options).Update([], texts);

    private static async Task<string> SearchAsync(BeirDataset data, KeywordIndex index, int rounds)
    {
        NaiveKeywordScorer naive = new(data.Corpus.Values.Select(Terms));
        string[] queries = [.. data.Queries.Values];
        RowSearchOptions options = new() { Top = Top };
        Contender[] contenders =
        [
            new("KeywordIndex", () => Run(() => Array.ForEach(queries, query => index.Search(query, options))), 5),
            new("naive scorer", () => Run(() => Array.ForEach(queries, query => naive.Search(Terms(query), Top)))),
        ];
        double difference = queries.Max(query => index.Search(query, options).Zip(naive.Search(Terms(query), Top), (x, y) => Math.Abs(x.Score - y.Score)).Max());
        string table = Race.Table("queries", queries.Length, contenders, await Race.RunAsync(contenders, rounds));
        return FormattableString.Invariant($"{table}\nGreatest difference of a score: {difference:E1}.\n");
    }

    private static async Task<string> IndexAsync(KeyValuePair<int, string>[] texts, KeywordIndex full, int rounds)
    {
        KeywordIndexOptions options = new();
        KeywordIndexOptions passages = new() { Analysis = KeywordAnalysis.Identifiers, RemoveStopWords = true, Stem = true };
        int next = 0;
        Contender[] contenders =
        [
            new("all documents in one batch", () => Run(() => Index(options, texts))),
            new("all documents in one batch, as passages are indexed", () => Run(() => Index(passages, texts))),
            new("one document a batch", () => Run(() =>
            {
                KeywordIndex index = new(options);
                foreach (KeyValuePair<int, string> text in texts)
                {
                    index = index.Update([], [text]);
                }
            })),
            new("replacing one document of the full index, as often", () => Run(() =>
            {
                KeywordIndex index = full;
                for (int i = 0; i < texts.Length; i++)
                {
                    index = index.Update([], [texts[next++ * 7919 % texts.Length]]);
                }
            })),
        ];
        return Race.Table("documents", texts.Length, contenders, await Race.RunAsync(contenders, rounds));
    }

    private static double Quality(BeirDataset data, KeywordIndex index)
    {
        string[] ids = [.. data.Corpus.Keys];
        return data.Queries.Average(query =>
            Ndcg.At(10, index.Search(query.Value, new() { Top = 10 }).Select(row => ids[row.Row]), data.Qrels[query.Key]));
    }

    private static IReadOnlyList<(string Term, int Count)> Terms(string text)
    {
        TermCounter counter = new();
        new TextAnalyzer().Analyze(text, counter);
        return [.. counter.Counts.Select(count => (count.Term, (int)count.Weight))];
    }

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
