using LocalRetrieval.Tokenizers.AddedTokens;

namespace LocalRetrieval.Tokenizers.Tests.AddedTokens;

public sealed class AddedTokenMatcherTests
{
    private static readonly string[] Contents = [" ", "  ", "a", "ab", "b a", " a", "b ", "\t"];

    [Fact]
    public void Find_AnyText_EqualsNaiveSearch()
    {
        Random random = new(8);
        for (int i = 0; i < 2000; i++)
        {
            AddedToken[] tokens = [.. Contents.Where(_ => random.Next(2) == 0).Select((content, id) => Token(random, content, id))];
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "   aab\tc"[random.Next(8)]));

            Assert.Equal(FindNaively(tokens, text), Find(tokens, text));
        }
    }

    /// <summary>White space that one token after the other takes.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Find_LongWhiteSpace_EqualsNaiveSearch(bool leftStrip, bool rightStrip)
    {
        AddedToken[] tokens = [new() { Id = 0, Content = " ", LeftStrip = leftStrip, RightStrip = rightStrip }];
        string text = $"a{new string(' ', 4000)}b{new string(' ', 4000)}";

        Assert.Equal(FindNaively(tokens, text), Find(tokens, text));
    }

    /// <summary>Gemma has more than six thousand tokens that begin with one character, and text may be full of that.</summary>
    [Fact]
    public void Find_ManyTokensWithOneStart_EqualsNaiveSearch()
    {
        AddedToken[] tokens = [.. Enumerable.Range(0, 500).Select(id => new AddedToken { Id = id, Content = $"<{id}" })];
        string text = string.Concat(Enumerable.Range(0, 600).Select(i => $"<{i % 7}<{i}<"));

        Assert.Equal(FindNaively(tokens, text), Find(tokens, text));
    }

    [Fact]
    public void Find_TokensOfOnePattern_TakesTheFirst()
    {
        AddedToken[] tokens = [new() { Id = 3, Content = "<mask>" }, new() { Id = 4, Content = "<mask>" }];

        Assert.Equal(new AddedTokenMatch(3, 1, 7), Assert.Single(Find(tokens, "a<mask>")));
    }

    private static AddedToken Token(Random random, string content, int id) => new()
    {
        Id = id,
        Content = content,
        SingleWord = random.Next(3) == 0,
        LeftStrip = random.Next(2) == 0,
        RightStrip = random.Next(2) == 0,
    };

    private static List<AddedTokenMatch> Find(AddedToken[] tokens, string text)
    {
        List<AddedTokenMatch> matches = [];
        new AddedTokenMatcher(tokens.Select(token => (token.Content, token))).Find(text, matches);
        return matches;
    }

    private static List<AddedTokenMatch> FindNaively(AddedToken[] tokens, string text)
    {
        List<AddedTokenMatch> matches = [];
        int previousEnd = 0;
        for (int at = 0; at < text.Length; at++)
        {
            AddedToken? token = tokens.Where(token => text.AsSpan(at).StartsWith(token.Content)).MaxBy(token => token.Content.Length);
            if (token is null)
            {
                continue;
            }

            string before = text[..at];
            string after = text[(at + token.Content.Length)..];
            if (!token.SingleWord || !(before.Length > 0 && char.IsLetter(before[^1]) || after.Length > 0 && char.IsLetter(after[0])))
            {
                int start = token.LeftStrip ? Math.Max(before.TrimEnd().Length, previousEnd) : at;
                int end = text.Length - (token.RightStrip ? after.TrimStart() : after).Length;
                if (start < end)
                {
                    matches.Add(new AddedTokenMatch(token.Id, start, end));
                    previousEnd = end;
                }
            }

            at += token.Content.Length - 1;
        }

        return matches;
    }
}
