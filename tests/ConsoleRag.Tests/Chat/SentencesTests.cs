using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public class SentencesTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("It takes 0.5 s. Then it ends.", "It takes 0.5 s.|Then it ends.")]
    [InlineData("It takes 12 ms. Then it ends.", "It takes 12 ms.|Then it ends.")]
    [InlineData("Use TLS, e.g. Version 1.3, as Dr. J. Doe says. Do.", "Use TLS, e.g. Version 1.3, as Dr. J. Doe says.|Do.")]
    [InlineData("Call `a.B`. `c` is next. (So it is.) Yes.", "Call `a.B`.|`c` is next.|(So it is.)|Yes.")]
    [InlineData("He asked \"Why?\" and left. \"Go!\" She went.", "He asked \"Why?\" and left.|\"Go!\"|She went.")]
    [InlineData("Wait... and see. 40 ms pass.", "Wait... and see.|40 ms pass.")]
    [InlineData(".NET runs it. Node.js does too.", ".NET runs it.|Node.js does too.")]
    [InlineData("一つ。二つ！三つ", "一つ。|二つ！|三つ")]
    [InlineData("Über. Ändern. éa.", "Über.|Ändern. éa.")]
    [InlineData("", "")]
    public void Of_Paragraph_GivesItsSentences(string paragraph, string expected)
    {
        List<string> sentences = Sentences.Of(paragraph);

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), sentences);
        Assert.All(sentences, sentence => Assert.Contains(sentence, paragraph, StringComparison.Ordinal));
    }
}
