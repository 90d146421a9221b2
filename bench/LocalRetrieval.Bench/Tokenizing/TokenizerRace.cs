using System.Text.Json;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Tokenizing;

/// <summary>One tokenizer over one set of texts, beside the Rust library and the JavaScript one.</summary>
internal sealed class TokenizerRace : IDisposable
{
    private const string Ids = "LocalRetrieval, ids";
    private const string NewWords = "LocalRetrieval, ids, every word for the first time";
    private const string AllCores = "LocalRetrieval, ids, all cores";
    private const string RustBatch = "Rust library, one batch";
    private const string RustTexts = "Rust library, one text a call";
    private const string RustAllCores = "Rust library, one batch, all cores";
    private const string JavaScript = "JavaScript library, one text a call";

    /// <summary>One pass of ours takes some tens of milliseconds, one of the others' seconds.</summary>
    private const int Passes = 5;

    private static readonly TokenizerOptions WholeTexts = new() { Truncation = TruncationOptions.None, Padding = PaddingOptions.None };

    private readonly string _textsFile = Path.GetTempFileName();
    private readonly TokenizerPeer _rust = TokenizerPeer.Start("rust", isParallel: false);
    private readonly TokenizerPeer _parallelRust = TokenizerPeer.Start("rust", isParallel: true);
    private readonly TokenizerPeer _javaScript = TokenizerPeer.Start("js", isParallel: false);

    /// <summary>What the summary says of one race, a column an entry.</summary>
    public static string SummaryHead { get; } =
        "| tokenizer, texts | tokens a second, one core | Rust library | JavaScript | words for the first time: Rust library | all cores: Rust library |\n|---|---:|---:|---:|---:|---:|";

    /// <returns>A row of the summary, where the libraries' times are divided by ours, and a section of the report.</returns>
    public async Task<(string Summary, string Section)> RunAsync(string name, string corpus, string[] texts, int rounds)
    {
        string path = BenchData.Shared("tokenizers", name, "tokenizer.json");
        Tokenizer tokenizer = Tokenizer.Load(path, WholeTexts);
        await File.WriteAllTextAsync(_textsFile, JsonSerializer.Serialize(texts));
        int[][] ids = [.. texts.Select(text => tokenizer.EncodeToIds(text))];
        RefuseDifferences(name, ids, await _rust.LoadAsync(path, _textsFile));
        await _parallelRust.LoadAsync(path, _textsFile);
        int javaScriptDifferences = Differences(ids, await _javaScript.LoadAsync(path, _textsFile));

        Contender[] contenders = Contenders(tokenizer, path, texts, ids.Max(text => text.Length), rounds);
        IReadOnlyDictionary<string, double[]> seconds = await Race.RunAsync(contenders, rounds);
        int tokens = ids.Sum(text => text.Length);
        string summary = FormattableString.Invariant(
            $"| {name}, {corpus} | {tokens / Race.Median(seconds[Ids]):N0} | {Fastest(seconds, Ids, RustBatch, RustTexts):F1} | {Race.Ratio(seconds[JavaScript], seconds[Ids]):F1} | {Fastest(seconds, NewWords, RustBatch, RustTexts):F1} | {Race.Ratio(seconds[RustAllCores], seconds[AllCores]):F1} |");
        return (summary, $"""
            ## {name}, {corpus}

            {Race.Table("tokens", tokens, contenders, seconds)}
            {TokenizerAllocation.Describe(tokenizer, texts)} The JavaScript library gives other ids for {javaScriptDifferences} of {texts.Length} texts.

            """);
    }

    public void Dispose()
    {
        _rust.Dispose();
        _parallelRust.Dispose();
        _javaScript.Dispose();
        File.Delete(_textsFile);
    }

    private Contender[] Contenders(Tokenizer tokenizer, string path, string[] texts, int longest, int rounds)
    {
        int[] room = new int[longest];
        Queue<Tokenizer> fresh = new(Enumerable.Range(0, rounds + 1).Select(_ => Tokenizer.Load(path, WholeTexts)));
        return
        [
            new(Ids, () => Run(() => EncodeToIds(tokenizer, texts, room)), Passes),
            new("LocalRetrieval, offsets, masks, tokens", () => Run(() => Array.ForEach(texts, text => tokenizer.Encode(text))), Passes),
            new(NewWords, () => Run(() => EncodeToIds(fresh.Dequeue(), texts, room))),
            new(RustBatch, () => _rust.RunAsync(isBatch: true)),
            new(RustTexts, () => _rust.RunAsync(isBatch: false)),
            new(JavaScript, () => _javaScript.RunAsync(isBatch: false)),
            new(AllCores, () => Run(() => Parallel.ForEach(texts, text => tokenizer.EncodeToIds(text))), Passes),
            new(RustAllCores, () => _parallelRust.RunAsync(isBatch: true)),
        ];
    }

    /// <summary>How often our time the library takes in the faster of its ways.</summary>
    private static double Fastest(IReadOnlyDictionary<string, double[]> seconds, string ours, params string[] ways) =>
        ways.Min(way => Race.Ratio(seconds[way], seconds[ours]));

    private static void RefuseDifferences(string name, int[][] expected, int[][] actual)
    {
        int differences = Differences(expected, actual);
        if (differences > 0)
        {
            throw new InvalidOperationException($"{name}: {differences} of {expected.Length} texts have other ids in the Rust library.");
        }
    }

    private static int Differences(int[][] expected, int[][] actual) => expected.Zip(actual).Count(pair => !pair.First.SequenceEqual(pair.Second));

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static void EncodeToIds(Tokenizer tokenizer, string[] texts, int[] room)
    {
        foreach (string text in texts)
        {
            tokenizer.EncodeToIds(text, room);
        }
    }
}
