using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat;

public sealed class CitationMarkersTests
{
    private static readonly ContextSource[] Sources =
    [
        Source(1, FakeRetriever.Passage("one", "a.md", "H")), Source(2, FakeRetriever.Passage("two", "https://example.com/x")), Source(3, FakeRetriever.Passage("three", null)),
    ];

    [Theory]
    [InlineData("Yes [1].", "1:[1]")]
    [InlineData("😀 [2] and [2][1]", "2:[2][2] 1:[1]")]
    [InlineData("Both [1, 3]", "1:[1, 3] 3:[1, 3]")]
    [InlineData("[ 2 ]", "2:[ 2 ]")]
    [InlineData("[0] [4] [99999] [x] [-1] 1", "")]
    [InlineData("a link [1](http://x), an index a[2]", "2:[2]")]
    [InlineData("[1, 9]", "1:[1, 9]")]
    [InlineData("", "")]
    public void Find_Text_GivesEachSourceWithItsRegions(string text, string expected)
    {
        IEnumerable<string> found = CitationMarkers.Find(text, Sources).Cast<CitationAnnotation>().Select(citation =>
        {
            int number = Array.FindIndex(Sources, source => source.Passage.Text == citation.Snippet) + 1;
            return $"{number}:{string.Concat(citation.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>().Select(region => text[region.StartIndex!.Value..region.EndIndex!.Value]))}";
        });

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void Find_Citation_NamesTheSource()
    {
        CitationAnnotation[] citations = [.. CitationMarkers.Find("[1][2][3]", Sources).Cast<CitationAnnotation>()];

        Assert.Equal(["a.md > H", "https://example.com/x", Sources[2].Passage.Key], citations.Select(citation => citation.Title));
        Assert.Equal([null, new Uri("https://example.com/x"), null], citations.Select(citation => citation.Url));
    }

    [Theory]
    [InlineData("http://example.com/x", true)]
    [InlineData("HTTPS://example.com/x", true)]
    [InlineData("s3://bucket/key", true)]
    [InlineData("/srv/docs/a.md", false)]
    [InlineData("/srv/docs/http://a.md", false)]
    [InlineData(@"C:\docs\a.md", false)]
    [InlineData("C:/docs/a.md", false)]
    [InlineData(@"\\server\docs\a.md", false)]
    [InlineData("file:///srv/docs/a.md", false)]
    [InlineData("a.md", false)]
    [InlineData("notes:a", false)]
    public void Find_Source_IsAUrlOnlyWhereItSpellsOne(string source, bool isUrl)
    {
        CitationAnnotation citation = Assert.IsType<CitationAnnotation>(CitationMarkers.Find("[1]", [Source(1, FakeRetriever.Passage("one", source))])[0]);

        Assert.Equal(isUrl ? new Uri(source) : null, citation.Url);
    }

    private static ContextSource Source(int number, RetrievedPassage passage) => new() { Number = number, Passage = passage };
}
