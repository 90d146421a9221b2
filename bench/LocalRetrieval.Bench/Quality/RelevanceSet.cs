using System.Text;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Judged questions over a corpus, and questions to a bank, which nothing there answers.</summary>
internal sealed record RelevanceSet(IReadOnlyDictionary<string, string> Corpus, IReadOnlyList<RelevanceJudgement> Judgements)
{
    // Enough for two or three parameters; the reranker reads twenty passages for each.
    private const int Questions = 300;
    private const int BankQuestions = 150;

    public int Unanswerable => Judgements.Count(judgement => judgement.RelevantKeys.Count == 0);

    /// <param name="corpus">The folder of the corpus.</param>
    /// <param name="questions">The folder of questions and judgements.</param>
    /// <param name="bank">The file of questions to a bank.</param>
    public static RelevanceSet Read(string corpus, string questions, string bank)
    {
        BeirDataset data = BeirDataset.Read(BenchData.Shared("eval", corpus), BenchData.Shared("eval", questions));
        IEnumerable<RelevanceJudgement> judged = Spread([.. data.Queries], Questions)
            .Select(query => new RelevanceJudgement(query.Value, [.. data.Qrels[query.Key].Where(judgement => judgement.Value > 0).Select(judgement => judgement.Key)]))
            .Where(judgement => judgement.RelevantKeys.Count > 0);
        IEnumerable<RelevanceJudgement> unanswerable = Spread([.. ReadBank(BenchData.Shared("eval", "banking77", bank))], BankQuestions).Select(question => new RelevanceJudgement(question, []));
        return new RelevanceSet(data.Corpus, [.. judged, .. unanswerable]);
    }

    private static IEnumerable<T> Spread<T>(IReadOnlyList<T> all, int count) =>
        Enumerable.Range(0, Math.Min(count, all.Count)).Select(index => all[(int)((long)index * all.Count / Math.Min(count, all.Count))]);

    /// <summary>The first column; a quoted text may span lines.</summary>
    private static IEnumerable<string> ReadBank(string path)
    {
        string all = File.ReadAllText(path);
        for (int start = all.IndexOf('\n', StringComparison.Ordinal) + 1; start < all.Length; start = all.IndexOf('\n', start) + 1)
        {
            StringBuilder text = new();
            bool isQuoted = all[start] == '"';
            for (start += isQuoted ? 1 : 0; isQuoted ? all[start] != '"' || all[start + 1] == '"' : all[start] != ','; start++)
            {
                text.Append(all[start]);
                start += isQuoted && all[start] == '"' ? 1 : 0;
            }

            yield return text.ToString().Trim();
        }
    }
}
