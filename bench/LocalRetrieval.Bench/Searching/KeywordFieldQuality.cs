using System.Globalization;
using System.Text;
using LocalRetrieval.Bench.Documentation;
using LocalRetrieval.Testing;
using LocalRetrieval.VectorData.Keyword;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.Searching;

/// <summary>nDCG@10 of keyword search by the analyzers, and by the weights of title and heading path.</summary>
internal static class KeywordFieldQuality
{
    private const int Top = 10;

    private static readonly double[] Weights = [0, 0.5, 1, 2, 3];

    public static async Task<string> RunAsync(string folder, CancellationToken cancellationToken)
    {
        List<FieldedSet> sets = [FieldedSet.ReadBeir("scifact"), FieldedSet.ReadBeir("cranfield")];
        foreach ((string name, DocumentationSet set) in DocumentationSet.ReadAll())
        {
            sets.Add(await FieldedSet.ReadDocumentationAsync(name, set, folder, cancellationToken));
        }

        return $"""
            ## Analyzers, nDCG@10

            Title and text, of documentation the heading path too, each with weight 1, in English. Of documentation, the ranks are those of files: a file stands where its first passage stands.

            {Table(sets, Analyzers())}
            ## Weights of fields, nDCG@10

            Beside the text, whose weight is 1, analyzed as passages are. The data sets have no headings.

            {Table(sets, FieldWeights())}
            ## K1 and B, nDCG@10

            Analyzed as passages are, title and heading path with weight 1.

            {Table(sets, Constants())}
            """;
    }

    private static IEnumerable<(string, KeywordIndexOptions)> Analyzers()
    {
        yield return ("plain", Options(KeywordAnalysis.Plain, stops: false, 1, 1));
        yield return ("plain, stop words and stems", Options(KeywordAnalysis.Plain, stops: true, 1, 1));
        yield return ("identifiers", Options(KeywordAnalysis.Identifiers, stops: false, 1, 1));
        yield return ("identifiers, stop words and stems", Options(KeywordAnalysis.Identifiers, stops: true, 1, 1));
    }

    private static IEnumerable<(string, KeywordIndexOptions)> FieldWeights() =>
        from title in Weights
        from heading in Weights
        select (string.Create(CultureInfo.InvariantCulture, $"title {title}, heading path {heading}"), Options(KeywordAnalysis.Identifiers, stops: true, title, heading));

    private static IEnumerable<(string, KeywordIndexOptions)> Constants()
    {
        KeywordIndexOptions passages = Options(KeywordAnalysis.Identifiers, stops: true, 1, 1);
        foreach (double k1 in new[] { 0.9, 1.2, 1.5 })
        {
            foreach (double b in new[] { 0.4, 0.6, 0.75, 0.9 })
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"K1 {k1}, B {b}"), new KeywordIndexOptions(passages) { K1 = k1, B = b });
            }
        }
    }

    private static KeywordIndexOptions Options(KeywordAnalysis analysis, bool stops, double title, double heading) => new()
    {
        Analysis = analysis,
        RemoveStopWords = stops,
        Stem = stops,
        Fields = [new(nameof(FieldedDocument.Title), Positive(title)), new(nameof(FieldedDocument.HeadingPath), Positive(heading))],
    };

    // What counts a billionth is as good as left out, and keeps the columns.
    private static double Positive(double weight) => Math.Max(weight, 1e-9);

    private static string Table(List<FieldedSet> sets, IEnumerable<(string Name, KeywordIndexOptions Options)> rows)
    {
        StringBuilder table = new($"| | {string.Join(" | ", sets.Select(set => set.Name))} |\n|---|{string.Concat(Enumerable.Repeat("---:|", sets.Count))}\n");
        foreach ((string name, KeywordIndexOptions options) in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", sets.Select(set => Quality(set, options).ToString("F5", CultureInfo.InvariantCulture)))} |\n");
        }

        return table.ToString();
    }

    private static double Quality(FieldedSet set, KeywordIndexOptions options)
    {
        KeywordIndex index = new KeywordIndex(options)
            .UpdateDocuments([], set.Documents.Select((document, row) => new KeywordDocument(row, [document.Text, document.Title, document.HeadingPath])));
        return set.Questions.Average(question =>
        {
            RowScore[] found = index.Search(question.Text, new() { Top = 20 * Top });
            return Ndcg.At(Top, found.Select(row => set.Documents[row.Row].Id).Distinct().Take(Top), question.Right);
        });
    }
}
