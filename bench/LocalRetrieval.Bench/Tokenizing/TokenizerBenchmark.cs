using System.Diagnostics;
using System.Text;
using LocalRetrieval.Testing;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Bench.Peers;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Bench.Tokenizing;

/// <summary>The report on all tokenizers.</summary>
internal static class TokenizerBenchmark
{
    private const int Documents = 2000;
    private const int Loads = 21;

    public static async Task<string> RunAsync(string[] names, int rounds)
    {
        NodePeer.Install();
        string[] english = [.. BeirDataset.Read(BenchData.Shared("eval", "scifact")).Corpus.Values.Take(Documents)];
        string[] unicode = TokenizerPeer.ReadTexts("unicode-texts.mjs");
        StringBuilder report = new();
        report.AppendLine(FormattableString.Invariant(
            $"{Documents} documents of SciFact, {english.Sum(text => text.Length):N0} characters, and {unicode.Length} texts in 38 languages and 20 scripts, {unicode.Sum(text => text.Length):N0} characters (peers/unicode-texts.mjs); {rounds} rounds. On one core unless a row says otherwise. The Rust library is tokenizers 0.23.2, the JavaScript one @huggingface/tokenizers 0.2.0, which @huggingface/transformers 4 uses; both in Node, without special tokens. The Rust library gives the same ids for every text."));
        using TokenizerRace race = new();
        StringBuilder summary = new();
        StringBuilder sections = new();
        foreach (string name in names)
        {
            foreach ((string corpus, string[] texts) in new[] { ("English", english), ("many scripts", unicode) })
            {
                (string row, string section) = await race.RunAsync(name, corpus, texts, rounds);
                summary.AppendLine(row);
                sections.AppendLine(section);
            }
        }

        report.AppendLine().AppendLine("The libraries' times divided by ours, each in the faster of its ways:").AppendLine();
        report.AppendLine(TokenizerRace.SummaryHead).Append(summary).AppendLine().Append(sections);
        report.AppendLine("## Loading").AppendLine().AppendLine("| | tokens | file, MB | warm, ms |").AppendLine("|---|---:|---:|---:|");
        foreach (string name in names)
        {
            report.AppendLine(DescribeLoad(name));
        }

        return report.ToString();
    }

    /// <summary>The median time of loading a tokenizer once the process has loaded it before.</summary>
    private static string DescribeLoad(string name)
    {
        string path = BenchData.Shared("tokenizers", name, "tokenizer.json");
        Tokenizer tokenizer = Tokenizer.Load(path);
        double[] milliseconds = new double[Loads];
        for (int i = 0; i < Loads; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            tokenizer = Tokenizer.Load(path);
            milliseconds[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return FormattableString.Invariant(
            $"| {name} | {tokenizer.VocabularySize:N0} | {new FileInfo(path).Length / 1e6:F1} | {milliseconds[Loads / 2]:F1} |");
    }
}
