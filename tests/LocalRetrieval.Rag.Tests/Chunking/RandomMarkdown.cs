using System.Text;

namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>Documents from a seed: all blocks of Markdown, all line ends, a byte order mark, astral characters, words of any length.</summary>
internal static class RandomMarkdown
{
    private static readonly string[] Words =
    [
        "a", "the", "retrieval", "😀", "𝔘nicode", "日本語。", "テスト", "e.g.", "Dr.", "3.14", "end.", "Really?", "yes!", "Überlänge", "[1]", "*bold*",
        "`code`", "x\u0301", "👩‍👩‍👧", "donaudampfschifffahrtsgesellschaft", "\u00A0", "&amp;", "<b>", "|", "#", "-", ">", "\ud800", "\t", "***", "\0", "\f", "\u2028", "[x]:", "===",
    ];

    public static string Create(int seed)
    {
        Random random = new(seed);
        string newLine = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        StringBuilder text = new(random.Next(4) == 0 ? "\uFEFF" : "");
        if (random.Next(4) == 0)
        {
            text.Append("---\nkey: value\n---\n");
        }

        for (int block = random.Next(12); block > 0; block--)
        {
            text.Append(Block(random)).Append(random.Next(8) == 0 ? "\n" : "\n\n");
        }

        return text.ToString().Replace("\n", newLine, StringComparison.Ordinal);
    }

    /// <summary>A document of well-formed UTF-16 with more than 15,000 units, words of thousands and runs of emoji among them.</summary>
    public static string CreateLong(int seed)
    {
        Random random = new(seed);
        StringBuilder text = new();
        while (text.Length <= 15_000)
        {
            text.Append(Create(random.Next())).Append("\n\n").Append(random.Next(6) switch
            {
                0 => new string('x', random.Next(1, 6000)),
                1 => "x " + string.Concat(Enumerable.Repeat("😀 ", random.Next(1, 4000))),
                2 => string.Concat(Enumerable.Repeat("😀", random.Next(1, 3000))),
                3 => string.Concat(Enumerable.Repeat("retrieval", random.Next(1, 300))),
                4 => string.Concat(Enumerable.Range(0, 4).Select(_ => Sentence(random, 400) + "\n")),
                _ => "",
            }).Append("\n\n");
        }

        return text.Replace('\ud800', 'é').ToString();
    }

    private static string Block(Random random) => random.Next(9) switch
    {
        0 => new string('#', random.Next(1, 5)) + " " + Sentence(random, 5),
        1 => "\nSetext " + Sentence(random, 3) + "\n" + (random.Next(2) == 0 ? "====" : "----"),
        2 => $"- {Sentence(random, 8)}\n- {Sentence(random, 4)}\n  - {Sentence(random, 4)}\n\n  {Sentence(random, 4)}\n- last",
        3 => $"```\n{Sentence(random, 30)}\n\n  {Sentence(random, 10)}\n```",
        4 => $"> {Sentence(random, 20)}\n> {Sentence(random, 5)}",
        5 => $"| a | b |\n|---|---|\n| {random.Next()} | 😀 |\n| 3 | 4 |",
        6 => $"[{random.Next()}]: http://example.com \"title\"",
        _ => Sentence(random, 60) + "\n" + Sentence(random, 90),
    };

    private static string Sentence(Random random, int length)
    {
        IEnumerable<string> words = Enumerable.Range(0, random.Next(1, length + 1)).Select(_ => Words[random.Next(Words.Length)]);
        return string.Join(random.Next(20) == 0 ? "" : " ", words);
    }
}
