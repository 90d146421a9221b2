using System.Text.Json;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Tokenizing;

/// <summary>One tokenizer over one set of texts, beside the Rust library and the JavaScript one.</summary>
internal sealed class TokenizerRace : IDisposable
{
    /// <summary>One pass of ours takes some tens of milliseconds, one of the others' seconds.</summary>
    private const int Passes = 5;

    private readonly string _textsFile = Path.GetTempFileName();
    private readonly TokenizerPeer _rust = TokenizerPeer.Start("rust", isParallel: false);
    private readonly TokenizerPeer _parallelRust = TokenizerPeer.Start("rust", isParallel: true);
    private readonly TokenizerPeer _javaScript = TokenizerPeer.Start("js", isParallel: false);

    /// <summary>A section of the report.</summary>
    public async Task<string> RunAsync(string name, string[] texts, int rounds)
    {
        string path = BenchData.Shared("tokenizers", name, "tokenizer.json");
        TokenizerOptions whole = new() { Truncation = TruncationOptions.None, Padding = PaddingOptions.None };
        Tokenizer tokenizer = Tokenizer.Load(path, whole);
        await File.WriteAllTextAsync(_textsFile, JsonSerializer.Serialize(texts));
        int[][] ids = [.. texts.Select(text => tokenizer.EncodeToIds(text))];
        int differences = Differences(ids, await _rust.LoadAsync(path, _textsFile));
        if (differences > 0)
        {
            throw new InvalidOperationException($"{name}: {differences} of {texts.Length} texts have other ids in the Rust library.");
        }

        await _parallelRust.LoadAsync(path, _textsFile);
        (Contender? javaScript, string javaScriptNote) = await LoadJavaScriptAsync(path, ids);
        Contender[] contenders =
        [
            new("LocalRetrieval, ids", () => Run(() => EncodeToIds(tokenizer, texts)), Passes),
            new("LocalRetrieval, offsets, masks, tokens", () => Run(() => Array.ForEach(texts, text => tokenizer.Encode(text))), Passes),
            new("Rust library, one batch", () => _rust.RunAsync(isBatch: true)),
            new("Rust library, one text a call", () => _rust.RunAsync(isBatch: false)),
            .. javaScript is null ? Array.Empty<Contender>() : [javaScript],
            new("LocalRetrieval, ids, all cores", () => Run(() => Parallel.ForEach(texts, text => tokenizer.EncodeToIds(text))), Passes),
            new("Rust library, one batch, all cores", () => _parallelRust.RunAsync(isBatch: true)),
        ];
        int tokens = ids.Sum(text => text.Length);
        IReadOnlyDictionary<string, double[]> seconds = await Race.RunAsync(contenders, rounds);
        return $"""
            {Race.Table("tokens", tokens, contenders, seconds)}
            {TokenizerAllocation.Describe(tokenizer, texts)} {javaScriptNote}

            """;
    }

    public void Dispose()
    {
        _rust.Dispose();
        _parallelRust.Dispose();
        _javaScript.Dispose();
        File.Delete(_textsFile);
    }

    private async Task<(Contender? Contender, string Note)> LoadJavaScriptAsync(string path, int[][] ids)
    {
        try
        {
            int differences = Differences(ids, await _javaScript.LoadAsync(path, _textsFile));
            Contender contender = new("JavaScript library, one text a call", () => _javaScript.RunAsync(isBatch: false));
            return (contender, $"The JavaScript library gives other ids for {differences} of {ids.Length} texts.");
        }
        catch (InvalidOperationException exception)
        {
            return (null, $"The JavaScript library: {exception.Message.Split('\n')[0]}");
        }
    }

    private static int Differences(int[][] expected, int[][] actual) => expected.Zip(actual).Count(pair => !pair.First.SequenceEqual(pair.Second));

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static void EncodeToIds(Tokenizer tokenizer, string[] texts)
    {
        foreach (string text in texts)
        {
            tokenizer.EncodeToIds(text);
        }
    }
}
