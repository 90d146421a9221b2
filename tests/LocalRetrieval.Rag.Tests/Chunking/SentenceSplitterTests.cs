namespace LocalRetrieval.Rag.Tests.Chunking;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("He said \"Stop.\" Then (it ended.) He left.", "He said \"Stop.\"|Then (it ended.)|He left.")]
    [InlineData("Dr. Smith met J. Doe, e.g. in the U.S. embassy, at 3.14 p.m. sharp. Next.", "Dr. Smith met J. Doe, e.g. in the U.S. embassy, at 3.14 p.m. sharp.|Next.")]
    [InlineData("See Fig. 3 and Eq. 4. Done.", "See Fig. 3 and Eq. 4.|Done.")]
    [InlineData("Wait... what? no. Yes", "Wait... what? no.|Yes")]
    [InlineData("1. First item. Second.", "1. First item.|Second.")]
    [InlineData("これは文です。次の文！「引用。」終わり", "これは文です。|次の文！|「引用。」|終わり")]
    [InlineData("a hard\nwrapped line. And\r\nmore", "a hard\nwrapped line.|And\r\nmore")]
    [InlineData("no stop\n\nnew one", "no stop|new one")]
    [InlineData("no stop\r\n \r\nnew one", "no stop|new one")]
    [InlineData("Version 2.0.1 is out. 3 bugs.", "Version 2.0.1 is out.|3 bugs.")]
    [InlineData("   ", "")]
    public void Split_Text_EndsAtSentences(string text, string expected)
    {
        List<TextRange> sentences = SentenceSplitter.Split(text, new TextRange(0, text.Length));

        Assert.Equal(expected, string.Join('|', sentences.Select(sentence => sentence.Of(text).ToString())));
    }
}
