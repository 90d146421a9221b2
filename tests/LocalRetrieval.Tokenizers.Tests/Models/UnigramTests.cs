using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Tests.Models;

public sealed class UnigramTests
{
    private static readonly (string Token, double Score)[] Pieces =
        [("<unk>", 0), ("a", 0), ("b", 0), ("c", 0), ("d", 0), ("cd", 1), ("ab", 2), ("abc", 5), ("abcd", 10)];

    [Theory]
    [InlineData("abcdacdxx", new[] { 8, 1, 5, 0 })]
    [InlineData("x", new[] { 0 })]
    [InlineData("", new int[0])]
    [InlineData("😀é", new[] { 0 })]
    public void EncodeToIds_Word_HasTheLargestSum(string text, int[] ids) => Assert.Equal(ids, Load(Pieces, byteFallback: false).EncodeToIds(text));

    [Fact]
    public void EncodeToIds_ByteFallback_IsAllBytesOrUnknown()
    {
        Tokenizer tokenizer = Load([.. Pieces, ("<0xC3>", 0), ("<0xA9>", 0)], byteFallback: true);

        Assert.Equal([9, 10, 9, 10, 1], tokenizer.EncodeToIds("ééa"));
        Assert.Equal([0, 1], tokenizer.EncodeToIds("éèa"));
    }

    [Fact]
    public void EncodeToIds_LongWord_EqualsItsParts()
    {
        Tokenizer tokenizer = Load(Pieces, byteFallback: false);
        string text = string.Concat(Enumerable.Repeat("abcdx", 1000));

        Assert.Equal(Enumerable.Repeat(new[] { 8, 0 }, 1000).SelectMany(ids => ids), tokenizer.EncodeToIds(text));
    }

    [Fact]
    public void Encode_RandomPieces_HasTheSumOfNaive()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            (string Token, double Score)[] pieces =
                [("<unk>", 0), .. Enumerable.Range(0, 8).Select(_ => RandomText(random, 4)).Distinct().Select(token => (token, -random.NextDouble()))];
            string text = RandomText(random, 9);
            TokenEncoding encoding = Load(pieces, byteFallback: false).Encode(text);

            double sum = encoding.Ids.Zip(encoding.Offsets)
                .Sum(token => token.First > 0 ? pieces[token.First].Score : Unknown(pieces) * (token.Second.End - token.Second.Start));
            Assert.Equal(Naive(pieces, text), sum, 9);
        }
    }

    private static double Unknown((string Token, double Score)[] pieces) => pieces.Min(piece => piece.Score) - 10;

    /// <summary>The largest sum of all ways to cut a text, each tried.</summary>
    private static double Naive((string Token, double Score)[] pieces, string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        IEnumerable<double> ways = pieces
            .Where(piece => text.StartsWith(piece.Token, StringComparison.Ordinal))
            .Select(piece => piece.Score + Naive(pieces, text[piece.Token.Length..]));
        return pieces.Any(piece => piece.Token == text[..1]) ? ways.Max() : ways.Append(Unknown(pieces) + Naive(pieces, text[1..])).Max();
    }

    private static string RandomText(Random random, int longest) =>
        new([.. Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => "abc"[random.Next(3)])]);

    private static Tokenizer Load((string Token, double Score)[] pieces, bool byteFallback)
    {
        string vocab = JsonSerializer.Serialize(pieces.Select(piece => new object[] { piece.Token, piece.Score }));
        string json = $$"""
            { "model": { "type": "Unigram", "unk_id": 0, "byte_fallback": {{(byteFallback ? "true" : "false")}}, "vocab": {{vocab}} } }
            """;
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        return Tokenizer.Load(stream);
    }
}
