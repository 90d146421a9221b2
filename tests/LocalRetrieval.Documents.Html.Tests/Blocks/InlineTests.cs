namespace LocalRetrieval.Documents.Html.Tests.Blocks;

public sealed class InlineTests
{
    [Theory]
    [InlineData("<p>a\n  b\t<b> c</b> d</p>", "a b c d")]
    [InlineData("<p>un<wbr>breakable&nbsp;space so&shy;ft</p>", "unbreakable space soft")]
    [InlineData("<p>one<br>two</p>", "one\ntwo")]
    [InlineData("<p>&lt;T&gt; &amp; &#8212; &hellip;</p>", "<T> & — …")]
    [InlineData("<p>An <img src=x alt='orange cat'> sits</p>", "An orange cat sits")]
    [InlineData("<p>A <img src=x alt=''>gap</p>", "A gap")]
    [InlineData("<p>10<sup>-3</sup> m<sup>2</sup>, the 1<sup>st</sup></p>", "10^-3 m^2, the 1st")]
    [InlineData("<p>Known<sup><a href='#fn1'>1</a></sup>.</p>", "Known[1].")]
    [InlineData("<p>H<sub>2</sub>O</p>", "H2O")]
    [InlineData("<p><q>Yes</q>, he said</p>", "“Yes”, he said")]
    [InlineData("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を読む</p>", "漢字(かんじ)を読む")]
    [InlineData("<p>Take <math alttext='a^2+b^2'><mi>a</mi></math> now</p>", "Take a^2+b^2 now")]
    [InlineData("<p>Take <math><semantics><mi>x</mi><annotation encoding='application/x-tex'>\\frac{1}{x}</annotation></semantics></math></p>", "Take \\frac{1}{x}")]
    [InlineData("<p>Is <math><mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac></math> small</p>", "Is 1/(x^2) small")]
    [InlineData("<p><script type='math/tex'>E=mc^2</script> holds</p>", "E=mc^2 holds")]
    [InlineData("<p>a<!-- not this -->b</p>", "ab")]
    [InlineData("<p>left<span hidden>H</span><span aria-hidden=true>I</span><span style='color:red; DISPLAY : none !important'>J</span><span class='x sr-only'>K</span></p>", "left")]
    [InlineData("<p>kept <span hidden=until-found>found</span></p>", "kept found")]
    public async Task ReadAsync_Inline_GivesWhatIsSeen(string html, string expected) =>
        Assert.Equal([expected], await PageReading.BlocksAsync(html));

    [Fact]
    public async Task ReadAsync_Abbreviation_IsSpelledOutOnce() =>
        Assert.Equal(
            ["The ANN (approximate nearest neighbour) index. ANN again."],
            await PageReading.BlocksAsync("<p>The <abbr title='approximate nearest neighbour'>ANN</abbr> index. <abbr title='approximate nearest neighbour'>ANN</abbr> again.</p>"));

    [Fact]
    public async Task ReadAsync_TwoLineBreaks_PartParagraphs() =>
        Assert.Equal(["one", "two"], await PageReading.BlocksAsync("<body>one<br>\n<br>two"));
}
