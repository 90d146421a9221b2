using System.Text;

namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>Documents of prose, code and formulas whose lines have any length. The fences that open have a language each, so that they are told from those that close.</summary>
internal static class FencedMarkdown
{
    public static string Create(Random random)
    {
        StringBuilder text = new();
        for (int block = random.Next(1, 5); block > 0; block--)
        {
            text.Append(Prose(random)).Append("\n\n").Append(InContainer(random, Fenced(random))).Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>Whether a line opens code.</summary>
    public static bool IsOpening(string line) => line.TrimStart(' ', '>', '-') is ['`', '`', '`', ..] or ['~', '~', '~', ..] && line.EndsWith("language", StringComparison.Ordinal);

    /// <summary>Whether a text is only what opens or closes code or a formula.</summary>
    public static bool IsClosing(string text) => text.Trim(' ', '>', '-', '\n') is "```" or "~~~~" or "$$";

    private static string Fenced(Random random)
    {
        string fence = random.Next(3) switch { 0 => "```", 1 => "~~~~", _ => "$$" };
        string blanks = fence == "$$" ? "" : new string('\n', random.Next(3));
        string content = string.Join('\n', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Line(random)));
        return $"{fence}{(fence == "$$" ? "" : "language")}\n{blanks}{content}\n{fence}";
    }

    private static string InContainer(Random random, string block) => random.Next(4) switch
    {
        0 => "- an item\n\n  " + block.Replace("\n", "\n  ", StringComparison.Ordinal),
        1 => "- " + block.Replace("\n", "\n  ", StringComparison.Ordinal),
        2 => "> " + block.Replace("\n", "\n> ", StringComparison.Ordinal),
        _ => block,
    };

    private static string Line(Random random) => random.Next(3) switch
    {
        0 => new string('a', random.Next(1, 3000)),
        1 => string.Join(' ', Enumerable.Repeat("run", random.Next(1, 200))),
        _ => $"call {random.Next(100)} now",
    };

    private static string Prose(Random random) => string.Join(' ', Enumerable.Repeat("word", random.Next(1, 60))) + ".";
}
