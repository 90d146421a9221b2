using System.Collections.Frozen;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Which words of a language are left out, and which forms of one word are the same.</summary>
/// <remarks>Immutable: safe for concurrent use.</remarks>
internal sealed class WordForms
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _stopWords;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _functionWords;
    private readonly bool _stemsEnglish;

    private WordForms(IReadOnlyCollection<string> stopWords, IReadOnlyCollection<string> functionWords, bool stemsEnglish)
    {
        _stopWords = LookupOf(stopWords);
        _functionWords = LookupOf(functionWords);
        _stemsEnglish = stemsEnglish;
    }

    private WordForms(WordForms texts)
    {
        _stopWords = _functionWords = texts._functionWords;
        _stemsEnglish = texts._stemsEnglish;
    }

    /// <summary>The forms of a language.</summary>
    /// <param name="language">A BCP 47 tag, of which the first subtag counts.</param>
    /// <param name="removeStopWords">Whether stop words are left out.</param>
    /// <param name="stem">Whether words are cut to their stems.</param>
    /// <returns>Null where the language has neither.</returns>
    public static WordForms? Find(string language, bool removeStopWords, bool stem)
    {
        string subtag = language.Split('-', '_')[0].ToLowerInvariant();
        IReadOnlyCollection<string> stopWords = removeStopWords ? StopWords.Of(subtag) : [];
        bool stemsEnglish = stem && subtag == "en";
        return stopWords.Count > 0 || stemsEnglish
            ? new WordForms(stopWords, removeStopWords ? [.. stopWords, .. StopWords.OfQuestions(subtag)] : [], stemsEnglish)
            : null;
    }

    /// <summary>The forms for queries, whose stop words include what questions are made of.</summary>
    public WordForms ForQueries() => new(this);

    /// <param name="word">A word in lower case.</param>
    public bool IsStopWord(ReadOnlySpan<char> word) => _stopWords.Contains(word);

    /// <summary>Whether a word is a stop word in texts or in queries, which as part of a code says nothing: the DO of DO1863.</summary>
    /// <param name="word">A word in lower case.</param>
    public bool IsFunctionWord(ReadOnlySpan<char> word) => _functionWords.Contains(word);

    /// <param name="word">A word in lower case; its apostrophes are <c>'</c>.</param>
    public Span<char> Stem(Span<char> word) => _stemsEnglish ? word[..EnglishStemmer.Stem(word)] : word;

    // Both Turkish letters are one to the analyzer of identifiers.
    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LookupOf(IReadOnlyCollection<string> words) =>
        words.Concat(words.Select(word => word.Replace('ı', 'i'))).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
