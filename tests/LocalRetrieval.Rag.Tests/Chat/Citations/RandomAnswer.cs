namespace LocalRetrieval.Rag.Tests.Chat.Citations;

/// <summary>Answers made of what stands around citations, in any order.</summary>
internal static class RandomAnswer
{
    private static readonly string[] Pieces =
    [
        "[1]", "[2]", "[7]", "[1, 3]", "[1-3]", "[2, 9]", "[Source 1]", "【2】", "【3†source】", "[^3]", "[12345678901234567890123456789012345]", "[１]",
        "[", "]", "(", ")", "【", "】", "`", "``", "```", "~~~", "\n", "\n\n", "\r\n", "    ", "\t", " ", "- ", "1. ", "> ", "# ", "| ", "\\", ":", ".", "word", "x", "_", "0", "😀", "例", "Source", "†", ",", "-",
    ];

    public static string Write(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
