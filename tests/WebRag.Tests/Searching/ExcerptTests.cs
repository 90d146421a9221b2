using WebRag.Searching;

namespace WebRag.Tests.Searching;

public class ExcerptTests
{
    [Theory]
    [InlineData("Short.", "Short.")]
    [InlineData("Two\n lines\t here ", "Two lines here")]
    [InlineData("| a | b |\n| c | d |", "a | b · c | d |")]
    [InlineData("", "")]
    public void Of_AShortText_IsAllOfItOnALine(string text, string excerpt) => Assert.Equal(excerpt, Excerpt.Of(text));

    [Fact]
    public void Of_ALongText_EndsBehindAWord()
    {
        string excerpt = Excerpt.Of(string.Concat(Enumerable.Repeat("eleven words ", 20)));
        Assert.Equal(string.Join(" ", Enumerable.Repeat("eleven words", 7)) + "…", excerpt);
    }

    [Fact]
    public void Of_ALongWord_IsCutBetweenCharacters()
    {
        string excerpt = Excerpt.Of("a" + string.Concat(Enumerable.Repeat("\U0001F527", 80)));
        Assert.Equal(string.Concat("a", string.Concat(Enumerable.Repeat("\U0001F527", 44)), "…"), excerpt);
    }
}
