using LocalRetrieval.Documents.Text;

namespace LocalRetrieval.Documents.Pdf.Tests.Text;

public sealed class LineEndsTests
{
    [Theory]
    [InlineData("docu\u00AD", "ments", "documents")]
    [InlineData("infor-", "mation", "information")]
    [InlineData("a well-", "known one", "a well-known one")]
    [InlineData("well-", "thought of", "wellthought of")]
    [InlineData("a half-", "open door", "a half-open door")]
    [InlineData("the state-of-the-", "art one", "the state-of-the-art one")]
    [InlineData("the state-", "of-the-art one", "the state-of-the-art one")]
    [InlineData("pages 10-", "20", "pages 10-20")]
    [InlineData("North-", "American", "North-American")]
    [InlineData("NOT LIM-", "ITED TO", "NOT LIMITED TO")]
    [InlineData("a dash -", "and more", "a dash - and more")]
    [InlineData("plain", "words", "plain words")]
    [InlineData("不要在中文", "之间加空格", "不要在中文之间加空格")]
    [InlineData("中文", "and words", "中文 and words")]
    [InlineData("한국어", "문장", "한국어 문장")]
    public void Join_EndOfLine_GivesTheWordsOfTheText(string text, string next, string expected)
    {
        Vocabulary vocabulary = new();
        vocabulary.Add("It is a well-known fact; open doors are half the work. Half is open.");

        Assert.Equal(expected, LineEnds.Join(text, next, vocabulary));
    }

    [Fact]
    public void Add_WordsThatAreDivided_AreNoEvidence()
    {
        Vocabulary vocabulary = new();
        vocabulary.Add("an old infor-");
        vocabulary.Add("mation desk");

        Assert.Equal("information", LineEnds.Join("infor-", "mation", vocabulary));
    }

    [Fact]
    public void Finish_SoftHyphensInside_AreLeftOut() => Assert.Equal("documents", LineEnds.Finish("docu\u00ADments"));
}
