namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Counts the stop words of each language in a sample of texts.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class LanguageCounter : ITermSink
{
    private const int MaxTexts = 500;
    private const int MaxCharacters = 4000;
    private const int LeastOwnWords = 2;
    private const double LeastShare = 0.12;
    private const int LeastLead = 3;

    private static readonly TextAnalyzer Analyzer = new();
    private static readonly string[] Languages = [.. StopWords.Languages];

    /// <summary>The languages of each stop word.</summary>
    private static readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> LanguagesOf = Languages
        .SelectMany((language, number) => StopWords.Of(language).Select(word => (Word: word, Number: number)))
        .GroupBy(pair => pair.Word, pair => pair.Number)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly int[] _stopWords = new int[Languages.Length];
    private readonly int[] _ownWords = new int[Languages.Length];

    /// <summary>How many words there were.</summary>
    public int Words { get; private set; }

    /// <summary>Counts the beginnings of documents' texts, of some documents from first to last where there are many.</summary>
    public void Count(IEnumerable<string?[]> documents)
    {
        string?[][] all = [.. documents];
        int step = Math.Max(1, all.Length / MaxTexts);
        for (int i = 0; i < all.Length; i += step)
        {
            foreach (string? text in all[i])
            {
                if (text is not null)
                {
                    Analyzer.Analyze(text.Length <= MaxCharacters ? text : text[..MaxCharacters], this);
                }
            }
        }
    }

    public void Add(ReadOnlySpan<char> term)
    {
        Words++;
        if (!LanguagesOf.TryGetValue(term, out int[]? languages))
        {
            return;
        }

        foreach (int language in languages)
        {
            _stopWords[language]++;
        }

        if (languages is [int only])
        {
            _ownWords[only]++;
        }
    }

    public void AddVariant(ReadOnlySpan<char> term)
    {
    }

    /// <summary>The language of the texts; null where they do not tell one.</summary>
    public string? FindLanguage()
    {
        int best = Array.IndexOf(_ownWords, _ownWords.Max());
        int second = _ownWords.Where((_, language) => language != best).Max();
        return _ownWords[best] >= LeastOwnWords && _ownWords[best] >= LeastLead * second && _stopWords[best] >= LeastShare * Words ? Languages[best] : null;
    }
}
