using System.Globalization;
using System.Text.Json;

namespace LocalRetrieval.Testing;

/// <summary>A retrieval data set in BEIR's layout: corpus.jsonl, queries.jsonl, qrels.tsv.</summary>
public sealed record BeirDataset(
    IReadOnlyDictionary<string, string> Corpus, IReadOnlyDictionary<string, string> Queries, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Qrels)
{
    /// <summary>Reads a data set; a document is its title, a space and its text.</summary>
    public static BeirDataset Read(string folder) => Read(folder, folder);

    /// <summary>Reads a corpus of one folder with the questions and judgements of another.</summary>
    public static BeirDataset Read(string corpus, string folder)
    {
        Dictionary<string, Dictionary<string, int>> qrels = [];
        foreach (string[] fields in File.ReadLines(Path.Combine(folder, "qrels.tsv")).Select(line => line.Split('\t')).Where(fields => fields is [_, _, var relevance] && int.TryParse(relevance, out _)))
        {
            if (!qrels.TryGetValue(fields[0], out Dictionary<string, int>? judged))
            {
                qrels.Add(fields[0], judged = []);
            }

            judged[fields[1]] = int.Parse(fields[2], CultureInfo.InvariantCulture);
        }

        Dictionary<string, string> queries = ReadTexts(Path.Combine(folder, "queries.jsonl"));
        return new BeirDataset(
            ReadTexts(Path.Combine(corpus, "corpus.jsonl")),
            queries.Where(query => qrels.ContainsKey(query.Key)).ToDictionary(),
            qrels.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, int>)pair.Value));
    }

    private static Dictionary<string, string> ReadTexts(string path)
    {
        Dictionary<string, string> texts = [];
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement row = json.RootElement;
            string body = row.GetProperty("text").GetString()!;
            texts.Add(row.GetProperty("_id").GetString()!, row.TryGetProperty("title", out JsonElement title) ? $"{title.GetString()} {body}" : body);
        }

        return texts;
    }
}
