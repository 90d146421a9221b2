using System.Collections.ObjectModel;

namespace LocalRetrieval;

/// <summary>The words of languages that are so frequent that they tell no text from another, but languages from each other.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static partial class StopWords
{
    private static readonly Dictionary<string, ReadOnlyCollection<string>> ByLanguage =
        Tables.ToDictionary(table => table.Language, table => Array.AsReadOnly(table.Words.Split(' ')), StringComparer.Ordinal);

    private static readonly ReadOnlyCollection<string> OfEnglishQuestions = Array.AsReadOnly(EnglishQuestions.Split(' '));

    /// <summary>The languages that have any, by their ISO 639-1 codes.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>The stop words of a language, in lower case.</summary>
    /// <param name="language">An ISO 639-1 code, such as <c>de</c>.</param>
    /// <returns>The words; none where the language is not known.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="language"/> is null.</exception>
    public static IReadOnlyCollection<string> Of(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return ByLanguage.GetValueOrDefault(language is "nb" or "nn" ? "no" : language, ReadOnlyCollection<string>.Empty);
    }

    /// <summary>What questions in a language are made of beside its stop words, in lower case.</summary>
    /// <param name="language">An ISO 639-1 code, such as <c>en</c>.</param>
    /// <returns>The words; none where the list of stop words has these.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="language"/> is null.</exception>
    public static IReadOnlyCollection<string> OfQuestions(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language == "en" ? OfEnglishQuestions : [];
    }
}
