using System.Text;

namespace LocalRetrieval.Documents.Html.Tests.Parsing;

public sealed class SignatureTests
{
    [Theory]
    [InlineData("<!DOCTYPE html><p>", true)]
    [InlineData("\uFEFF  <!-- a -->\n<HTML lang=en>", true)]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">", true)]
    [InlineData("<html>", true)]
    [InlineData("<htmlx>", false)]
    [InlineData("<svg>", false)]
    [InlineData("# Markdown <html>", false)]
    [InlineData("<!-- never closed", false)]
    [InlineData("", false)]
    public void Matches_Start_TellsPages(string start, bool expected)
    {
        Assert.Equal(expected, HtmlSignature.Matches(Encoding.UTF8.GetBytes(start)));
        Assert.Equal(expected, HtmlSignature.Matches(Encoding.Unicode.GetBytes(start)));
    }
}
