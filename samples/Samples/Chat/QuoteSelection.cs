namespace Samples.Chat;

/// <summary>Chooses the sentences of the sources that most probably answer a question.</summary>
/// <remarks>
/// A sentence counts by the question's words in it, rare ones more than frequent ones, and less by those of its source's headings and
/// of the sentences beside it. A row of a table counts by its columns' names too, and not by the rows beside it. Early sources count more:
/// the retriever ranked them. A word that a chosen sentence has covered counts half from then on.
/// </remarks>
internal sealed class QuoteSelection
{
    private const int MinQuotes = 2;
    private const int MaxQuotes = 4;

    /// <summary>Below this share of the best score a sentence is worse than none.</summary>
    private const double LowestShare = 0.35;

    private const double TitleWeight = 0.5;
    private const double NeighbourWeight = 0.2;
    private const double RankDiscount = 0.4;

    private readonly List<Candidate> _candidates = [];
    private readonly Dictionary<string, double> _weights;

    private QuoteSelection(string question, IReadOnlyList<NumberedSource> sources)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (NumberedSource source in sources)
        {
            HashSet<string> title = ContentWords.Of(source.Title);
            foreach (List<Quotable> paragraph in QuotableText.Of(source))
            {
                List<HashSet<string>> words = [.. paragraph.Select(quotable => ContentWords.Of(quotable.Text))];
                for (int index = 0; index < paragraph.Count; index++)
                {
                    // Passages may overlap: the first source that has a sentence is quoted.
                    if (words[index].Count > 1 && seen.Add(paragraph[index].Text))
                    {
                        Quote quote = new(source.Number, paragraph[index].Text);
                        HashSet<string>? cells = paragraph[index].Cells is { } row ? ContentWords.Of(row) : null;
                        _candidates.Add(new Candidate(quote, words[index], cells ?? words[index], cells is null ? Beside(words, index) : [], title));
                    }
                }
            }
        }

        _weights = ContentWords.Of(question).ToDictionary(word => word, Rarity, StringComparer.Ordinal);
    }

    /// <summary>Two to four quotes, best first; fewer where the sources hold fewer that have to do with the question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="sources">The sources, best first.</param>
    /// <param name="sharesWords">Whether a quote shares a word with the question; otherwise they are the first of the sources.</param>
    public static List<Quote> Choose(string question, IReadOnlyList<NumberedSource> sources, out bool sharesWords)
    {
        QuoteSelection selection = new(question, sources);
        sharesWords = selection._candidates.Exists(candidate => candidate.Words.Overlaps(selection._weights.Keys));
        return selection.Choose();
    }

    private List<Quote> Choose()
    {
        List<Quote> quotes = [];
        double best = 0;
        while (quotes.Count < MaxQuotes && _candidates.MaxBy(Score) is { } next)
        {
            double score = Score(next);
            best = Math.Max(best, score);
            if (score <= LowestShare * best && (quotes.Count >= MinQuotes || (score == 0 && best > 0)))
            {
                break;
            }

            quotes.Add(next.Quote);
            _candidates.Remove(next);
            Cover(next);
        }

        return quotes;
    }

    /// <summary>A row that only its columns' names match says no more than the others of its table, and covers nothing.</summary>
    private void Cover(Candidate chosen)
    {
        if (chosen.Own.Overlaps(_weights.Keys))
        {
            foreach (string word in chosen.Words.Where(_weights.ContainsKey))
            {
                _weights[word] /= 2;
            }
        }
    }

    private double Rarity(string word) =>
        Math.Log(1 + (_candidates.Count / (1.0 + _candidates.Count(candidate => candidate.Words.Contains(word)))));

    private double Score(Candidate candidate) =>
        (Sum(candidate.Words) + (NeighbourWeight * Sum(candidate.Beside)) + (TitleWeight * Sum(candidate.Title)))
        / (1 + (RankDiscount * (candidate.Quote.Source - 1)));

    private double Sum(HashSet<string> words) => _weights.Where(weight => words.Contains(weight.Key)).Sum(weight => weight.Value);

    private static HashSet<string> Beside(List<HashSet<string>> words, int index)
    {
        HashSet<string> beside = new(StringComparer.Ordinal);
        beside.UnionWith(index > 0 ? words[index - 1] : []);
        beside.UnionWith(index + 1 < words.Count ? words[index + 1] : []);
        return beside;
    }

    /// <summary>A sentence with its words, those that are its own (of a row, without the columns' names), those of the sentences beside it and those of its source's headings.</summary>
    private sealed record Candidate(Quote Quote, HashSet<string> Words, HashSet<string> Own, HashSet<string> Beside, HashSet<string> Title);
}
