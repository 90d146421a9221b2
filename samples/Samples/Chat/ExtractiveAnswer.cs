using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Samples.Chat;

/// <summary>An answer without a model: the sentences of the sources that share most with the question, with the sources' numbers.</summary>
/// <remarks>
/// Quotes are verbatim but for line wraps, which become spaces, and for citation markers of the source's own, which become "[…]"
/// since they would cite the wrong source here.
/// </remarks>
internal static partial class ExtractiveAnswer
{
    internal const string Introduction =
        "No model wrote this answer: it quotes the sentences of the sources that are closest to the question.";
    internal const string NothingShared =
        "No model wrote this answer, and no sentence of the sources shares a word with the question. The sources begin:";
    internal const string NothingFound = "Nothing was found for this question, so there is nothing to quote. No model wrote this answer.";
    internal const string NoSentences = "No model wrote this answer, and the sources hold no sentence to quote. They are:";

    /// <summary>The longest quote, in UTF-16 units.</summary>
    private const int MaxQuoteLength = 400;

    /// <summary>The answer to a question from its sources.</summary>
    public static string Write(RetrievalPrompt prompt)
    {
        if (prompt.Sources.Count == 0)
        {
            return NothingFound;
        }

        List<Quote> quotes = QuoteSelection.Choose(prompt.Question, prompt.Sources, out bool sharesWords);
        if (quotes.Count == 0)
        {
            return $"{NoSentences} {string.Concat(prompt.Sources.Select(source => $"[{source.Number}]"))}";
        }

        StringBuilder answer = new(sharesWords ? Introduction : NothingShared);
        answer.Append('\n');
        foreach (Quote quote in quotes)
        {
            string sentence = Shorten(quote.Sentence);
            answer.Append(CultureInfo.InvariantCulture, $"\n- “{sentence}” [{quote.Source}]");
        }

        return answer.ToString();
    }

    /// <summary>Cuts an over-long sentence at a space.</summary>
    private static string Shorten(string sentence)
    {
        if (sentence.Length <= MaxQuoteLength)
        {
            return sentence;
        }

        int space = sentence.LastIndexOf(' ', MaxQuoteLength - 1);
        int end = space > MaxQuoteLength / 2 ? space : MaxQuoteLength - 1;
        return sentence[..(char.IsHighSurrogate(sentence[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    /// <summary>Words with the white space behind them, as a model streams its answer.</summary>
    public static IReadOnlyList<string> Pieces(string answer) => [.. PieceRegex().Matches(answer).Select(match => match.Value)];

    [GeneratedRegex(@"\S+\s*|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex PieceRegex();
}
