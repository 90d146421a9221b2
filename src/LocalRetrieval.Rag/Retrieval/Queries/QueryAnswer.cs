using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Reads queries out of what a model answers, which may be more than was asked of it.</summary>
internal static partial class QueryAnswer
{
    private const int MaxLayers = 16;

    private static readonly (char Open, char Close)[] Quotes =
        [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('„', '“'), ('”', '”'), ('‘', '’'), ('«', '»'), ('»', '«'), ('‹', '›'), ('「', '」'), ('『', '』')];

    /// <summary>The text behind what a model thought aloud.</summary>
    public static string WithoutThoughts(string text) => Thoughts().Replace(text, "").Trim();

    /// <summary>The first query of an answer; empty where there is none.</summary>
    public static string First(string answer) => Queries(answer).FirstOrDefault("");

    /// <summary>The queries of an answer, one a line: without fences, bullets, numbers, labels, emphasis and quotes, and without lines that introduce others.</summary>
    public static IEnumerable<string> Queries(string answer) => answer.ReplaceLineEndings("\n").Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("```", StringComparison.Ordinal))
        .Select(Strip)
        .Where(line => line.Length > 0 && !line.EndsWith(':') && !line.EndsWith('：'));

    /// <summary>The beginning of a text, without half of a character at its end.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    /// <summary>A line without what stands around its query, which is a few marks one in another: a line of nothing else is none.</summary>
    private static string Strip(string line)
    {
        for (int layer = 0; layer < MaxLayers; layer++)
        {
            string before = line;
            line = Unquote(Emphasis().Replace(Label().Replace(Bullet().Replace(line, ""), ""), "$2").Trim());
            if (line == before)
            {
                return line;
            }
        }

        return "";
    }

    private static string Unquote(string text)
    {
        foreach ((char open, char close) in Quotes)
        {
            if (text.Length > 1 && text[0] == open && text[^1] == close && !text.AsSpan(1, text.Length - 2).ContainsAny(open, close))
            {
                return text[1..^1].Trim();
            }
        }

        return text;
    }

    [GeneratedRegex(@"<(think|thinking|thought|reasoning)>.*?(</\1>|\z)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Thoughts();

    [GeneratedRegex(@"^(?:[-*•–]\s+|\(?\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)")]
    private static partial Regex Bullet();

    // A label is what models put before: (The) (rewritten | standalone | search …) question: …; in other languages, the word that they were told.
    [GeneratedRegex(@"^\W{0,3}(?:the\s+)?(?:(?:rewritten|standalone|stand-alone|reformulated|rephrased|self-contained|search|final|new|output|alternative)\s+)*(?:question|query|frage|pregunta|pergunta|domanda|vraag|answer|output|rewrite|rewritten|standalone|result)(?:\s*\d{1,2})?\W{0,2}\s*[:：](?:\*\*|__)?\s*(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"^(\*\*|__|\*|_)(.+)\1$")]
    private static partial Regex Emphasis();
}
