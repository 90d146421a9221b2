using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

public sealed class HtmlTokenizerTests
{
    [Theory]
    [InlineData("a <b c='>'> d", "<b c='>'>")]
    [InlineData("a < b <!-- c > -- d --> e", "<!-- c > -- d -->")]
    [InlineData("a <!-- b", "<!-- b")]
    [InlineData("<!-->-->", "<!-->")]
    [InlineData("<![CDATA[ a > ]] ]]> b", "<![CDATA[ a > ]] ]]>")]
    [InlineData("<? a > ?> b", "<? a > ?>")]
    [InlineData("<!a b> c", "<!a b>")]
    [InlineData("</a b> c", "</a b>")]
    [InlineData("<? <![CDATA[ </a>", "</a>")]
    [InlineData("</a <b c", null)]
    public void Next_Text_IsTheFirstTag(string text, string? expected) =>
        Assert.Equal(expected, new HtmlTokenizer(text, text.Length, CancellationToken.None).Next(0)?.Range.Of(text).ToString());

    /// <summary>So many that looking for the end of each, to the end of the text, takes hours.</summary>
    [Theory]
    [InlineData("</a")]
    [InlineData("<?")]
    [InlineData("<!x")]
    [InlineData("<![CDATA[")]
    [InlineData("<?</a<![CDATA[<!x")]
    public async Task Next_NothingCloses_EndsWithout(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 30_000_000 / piece.Length));

        Assert.Null(await Task.Run(() => new HtmlTokenizer(text, text.Length, CancellationToken.None).Next(0)).OrHang());
    }

    [Fact]
    public void Next_Cancelled_Throws() =>
        Assert.Throws<OperationCanceledException>(() => new HtmlTokenizer("<?", 2, new CancellationToken(canceled: true)).Next(0));
}
