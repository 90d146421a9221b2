using System.Text.RegularExpressions;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>Distinct texts of SciFact and Cranfield, and the questions asked of them.</summary>
/// <remarks>First all runs of sentences of a document, shorter ones first; then runs of 24 and of 48 words that begin at every second word of a document: near ones overlap, as passages do.</remarks>
internal static partial class IndexTexts
{
    private const int MostSentences = 12;
    private const int WordsBetween = 2;

    private static readonly string[] Sets = ["scifact", "cranfield"];
    private static readonly int[] WordsOfRun = [24, 48];

    public static string[] Read(int count)
    {
        string[] documents = [.. Sets.SelectMany(set => BeirDataset.Read(BenchData.Shared("eval", set)).Corpus.Values)];
        return [.. Sentences(documents).Concat(Words(documents)).Distinct().Take(count)];
    }

    /// <summary>Questions and claims, none of which is a row.</summary>
    public static string[] ReadQuestions(int count)
    {
        string scifact = BenchData.Shared("eval", "scifact");
        return
        [
            .. BeirDataset.Read(scifact).Queries.Values
                .Concat(BeirDataset.Read(BenchData.Shared("eval", "cranfield")).Queries.Values)
                .Concat(BeirDataset.Read(scifact, BenchData.Shared("eval", "scifact-train")).Queries.Values)
                .Take(count),
        ];
    }

    private static IEnumerable<string> Sentences(string[] documents)
    {
        string[][] sentences = [.. documents.Select(document => SentenceEnd().Split(document).Where(sentence => sentence.Length > 20).ToArray())];
        for (int length = 1; length <= MostSentences; length++)
        {
            foreach (string[] own in sentences)
            {
                for (int start = 0; start + length <= own.Length; start++)
                {
                    yield return string.Join(' ', own, start, length);
                }
            }
        }
    }

    private static IEnumerable<string> Words(string[] documents)
    {
        string[][] words = [.. documents.Select(document => document.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        foreach (int length in WordsOfRun)
        {
            foreach (string[] own in words)
            {
                for (int start = 0; start + length <= own.Length; start += WordsBetween)
                {
                    yield return string.Join(' ', own, start, length);
                }
            }
        }
    }

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();
}
