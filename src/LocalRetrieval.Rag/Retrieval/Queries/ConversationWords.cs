using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>What tells, in one language, messages that ask for nothing new from questions that stand alone.</summary>
internal sealed partial class ConversationWords
{
    private static readonly ConversationWords[] All = [.. Tables.Select(table => new ConversationWords(table))];

    private readonly HashSet<string> _functionWords;
    private readonly HashSet<string> _openers;
    private readonly HashSet<string> _pronouns;
    private readonly HashSet<string> _courtesies;
    private readonly string[][] _phrases;
    private readonly string[][] _openings;

    private ConversationWords((string Language, string Openers, string Pronouns, string Questions, string Phrases, string Courtesies, string Openings) table)
    {
        Language = table.Language;
        _openers = [.. table.Openers.Split(' ')];
        _pronouns = [.. table.Pronouns.Split(' ')];
        _functionWords = [.. StopWords.Of(table.Language), .. _openers, .. _pronouns, .. table.Questions.Split(' ')];
        _courtesies = [.. table.Courtesies.Split(' ')];
        _phrases = Split(table.Phrases);
        _openings = Split(table.Openings);
    }

    /// <summary>The languages that are known, by their ISO 639-1 codes.</summary>
    public static IEnumerable<string> Languages => All.Select(words => words.Language);

    public string Language { get; }

    /// <summary>The words of a text in lower case: runs of letters and digits, so that an apostrophe ends one.</summary>
    public static string[] WordsOf(string text) => [.. Word().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    /// <summary>The language that most words are frequent ones of; null where none is.</summary>
    public static ConversationWords? Find(IReadOnlyCollection<string> words)
    {
        (ConversationWords Language, int Count) best = All.Select(language => (language, words.Count(language._functionWords.Contains))).MaxBy(pair => pair.Item2);
        return best.Count > 0 ? best.Language : null;
    }

    /// <summary>Whether words are nothing but a greeting or thanks, in whatever language.</summary>
    public static bool AreSmallTalk(string[] words) => words.Length > 0 && Array.Exists(All, language => language.IsSmallTalk(words));

    /// <summary>Whether words that follow others ask about what those asked: they have no word of their own, or few and one that points back.</summary>
    public bool IsFollowUp(string[] words)
    {
        int own = words.Count(word => !_functionWords.Contains(word));
        return own == 0 || (own <= 3 && (_openers.Contains(words[0]) || Array.Exists(_openings, opening => words.AsSpan().StartsWith(opening)))) || (own <= 2 && Array.Exists(words, _pronouns.Contains));
    }

    private static string[][] Split(string phrases) => [.. phrases.Split(", ").Select(phrase => phrase.Split(' ')).OrderByDescending(phrase => phrase.Length)];

    private bool IsSmallTalk(string[] words)
    {
        bool hasPhrase = false;
        for (int index = 0; index < words.Length;)
        {
            int length = PhraseAt(words, index);
            hasPhrase |= length > 0;
            if (length == 0 && !_courtesies.Contains(words[index]))
            {
                return false;
            }

            index += Math.Max(1, length);
        }

        return hasPhrase;
    }

    private int PhraseAt(string[] words, int index)
    {
        foreach (string[] phrase in _phrases)
        {
            if (words.AsSpan(index).StartsWith(phrase))
            {
                return phrase.Length;
            }
        }

        return 0;
    }

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*")]
    private static partial Regex Word();
}
