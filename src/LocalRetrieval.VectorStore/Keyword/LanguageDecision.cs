using System.Collections.Immutable;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>What is known of the language of an index that decides it by its first texts.</summary>
/// <remarks>
/// A language is taken that has most of the words which are stop words of one language alone, three times as many as any other, and enough stop words
/// in all. Until there is enough text to tell, the texts are kept, so that they can be analyzed anew; they are those that the store has anyhow.
/// Immutable: safe for concurrent use.
/// </remarks>
internal sealed class LanguageDecision
{
    /// <summary>The words after which a language that does not show is none.</summary>
    private const int WordsToGiveUp = 1000;

    private LanguageDecision(string? language, ImmutableDictionary<int, string?[]> waiting)
    {
        Language = language;
        Waiting = waiting;
    }

    /// <summary>Nothing is known.</summary>
    public static LanguageDecision Open { get; } = new(null, ImmutableDictionary<int, string?[]>.Empty);

    /// <summary>The language, empty for none; null while it is open.</summary>
    public string? Language { get; }

    /// <summary>The texts by row while the language is open.</summary>
    public ImmutableDictionary<int, string?[]> Waiting { get; }

    /// <summary>What is known without some texts, and with others.</summary>
    public LanguageDecision Update(IEnumerable<int> removed, IReadOnlyCollection<KeywordDocument> added)
    {
        if (Language is not null)
        {
            return this;
        }

        ImmutableDictionary<int, string?[]> waiting = Waiting.RemoveRange(removed).SetItems(added.Select(document => KeyValuePair.Create(document.Row, document.Texts)));
        LanguageCounter counter = new();
        counter.Count(waiting.Values);
        return (counter.FindLanguage() ?? (counter.Words >= WordsToGiveUp ? "" : null)) is { } language
            ? new LanguageDecision(language, ImmutableDictionary<int, string?[]>.Empty)
            : new LanguageDecision(null, waiting);
    }

    /// <summary>The same, each text under the row that <paramref name="newRows"/> has for its row.</summary>
    public LanguageDecision Renumber(int[] newRows) =>
        Waiting.IsEmpty ? this : new LanguageDecision(null, Waiting.ToImmutableDictionary(pair => newRows[pair.Key], pair => pair.Value));
}
