using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class ContentWordsTests
{
    [Theory]
    [InlineData("request requests requested requesting Request")]
    [InlineData("write writes writing")]
    [InlineData("stop stops stopped stopping")]
    [InlineData("query queries")]
    [InlineData("process")]
    [InlineData("pass passes passed passing")]
    [InlineData("cache caches cached caching")]
    public void Of_FormsOfAWord_AreOne(string forms) => Assert.Single(ContentWords.Of(forms));

    [Fact]
    public void Of_Names_AreTheirParts() =>
        Assert.Equal(["40", "m", "tcp", "wait"], ContentWords.Of("TCP_WAIT is 40 M").Order());

    [Theory]
    [InlineData("What does it mean when there is one of them?")]
    [InlineData("?!")]
    [InlineData("")]
    public void Of_NothingOfASubject_IsEmpty(string text) => Assert.Empty(ContentWords.Of(text));
}
