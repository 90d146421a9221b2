using LocalRetrieval.Testing;

namespace LocalRetrieval.Rag.Tests.Documents.Markdown;

/// <summary>Lines and tags that start like what the site generators know, and go on so that an expression has many ways to fail.</summary>
public sealed class HostileMarksTests
{
    private static readonly string[] Fillers = [" ", "\t", "a", "a ", " a", "\"", "' ", ":", ": ", "=", "-", "- ", "| ", "{", "} ", "a=\"", "a='b' ", ".a", "title=", "from ", "display "];

    [Theory]
    [InlineData(":::")]
    [InlineData("::: a")]
    [InlineData("::: {a} [")]
    [InlineData("::: \"a")]
    [InlineData("!!! a")]
    [InlineData("??? a \"")]
    [InlineData("=== \"a")]
    [InlineData("> [!a]")]
    [InlineData("-8<-")]
    [InlineData("-8<- 'a")]
    [InlineData("a {: ")]
    [InlineData("# a { ")]
    [InlineData("import ")]
    [InlineData("import a")]
    [InlineData("export ")]
    [InlineData("export const a")]
    [InlineData("export default a")]
    [InlineData("a | b\n-|")]
    [InlineData("a | b\n-")]
    [InlineData("{{< a title=")]
    [InlineData("{% tab ")]
    [InlineData("{% tab 'a")]
    [InlineData("<A title=")]
    [InlineData("<div markdown=")]
    [InlineData("<code>")]
    [InlineData("<CodeBlock>{`")]
    [InlineData("{::comment ")]
    [InlineData("{{</* a")]
    [InlineData("!!!a \"")]
    [InlineData("<div style=")]
    [InlineData("<td colspan=")]
    [InlineData("<img alt=")]
    public async Task Read_LongMark_Ends(string start)
    {
        foreach (string filler in Fillers)
        {
            foreach (string end in (string[])["", "x", "\"x", " }x", ">", " >}}", " %}"])
            {
                foreach (int length in (int[])[500, 1000, 8000])
                {
                    string text = start + string.Concat(Enumerable.Repeat(filler, (length - start.Length - end.Length) / filler.Length)) + end + "\n    word\n\nword";

                    DocumentContent content = await Task.Run(() => MarkdownReader.Instance.Read(text)).OrHang();

                    Assert.Contains("word", content.Text, StringComparison.Ordinal);
                }
            }
        }
    }
}
