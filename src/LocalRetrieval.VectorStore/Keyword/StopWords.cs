namespace LocalRetrieval.VectorData.Keyword;

/// <summary>The words of languages that are so frequent that they tell no text from another, but languages from each other.</summary>
internal static partial class StopWords
{
    private static readonly Dictionary<string, string[]> ByLanguage = Tables.ToDictionary(table => table.Language, table => table.Words.Split(' '), StringComparer.Ordinal);

    /// <summary>The languages that have any, by their ISO 639-1 codes.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>The stop words of a language; none where it is not known.</summary>
    public static IReadOnlyCollection<string> Of(string language) => ByLanguage.GetValueOrDefault(language == "nb" || language == "nn" ? "no" : language, []);

    /// <summary>What questions in a language are made of beside its stop words; none where its list has these.</summary>
    public static IReadOnlyCollection<string> OfQuestions(string language) => language == "en" ? EnglishQuestions.Split(' ') : [];
}
