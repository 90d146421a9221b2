using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat.Citations;

public sealed class CitationAnnotationsTests
{
    private static readonly ContextSource[] Sources =
    [
        Source(1, FakeRetriever.Passage("one", "a.md", "H")), Source(2, FakeRetriever.Passage("two", "https://example.com/x")), Source(3, FakeRetriever.Passage("three", null)),
    ];

    [Fact]
    public void Of_Marker_NamesTheSource()
    {
        CitationAnnotation[] citations = [.. CitationAnnotations.Of([new CitationMarker(4, 9, [(1, 3)])], Sources).Cast<CitationAnnotation>()];

        Assert.Equal(["a.md > H", "https://example.com/x", Sources[2].Passage.Key], citations.Select(citation => citation.Title));
        Assert.Equal([null, new Uri("https://example.com/x"), null], citations.Select(citation => citation.Url));
        Assert.Equal([1, 2, 3], citations.Select(citation => citation.AdditionalProperties![CitationAnnotations.NumberKey]));
        Assert.All(citations, citation => Assert.Equal((4, 9), RegionOf(citation)));
    }

    [Fact]
    public void Of_PartOfTheText_CutsRegionsToIt()
    {
        CitationMarker[] markers = [new(0, 3, [(1, 1)]), new(8, 12, [(2, 2)]), new(20, 23, [(3, 3)])];

        CitationAnnotation citation = Assert.IsType<CitationAnnotation>(Assert.Single(CitationAnnotations.Of(markers, Sources, offset: 10, length: 5)));

        Assert.Equal(("two", (0, 2)), (citation.Snippet, RegionOf(citation)));
    }

    [Fact]
    public void Of_SourceNamedTwiceByOneMarker_HasOneRegion() =>
        Assert.Single(Assert.Single(CitationAnnotations.Of([new CitationMarker(0, 6, [(1, 1), (1, 1), (0, 1)])], Sources)).AnnotatedRegions!);

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
    public void Of_Source_IsAUrlOnlyWhereItSpellsOne(string source, bool isUrl)
    {
        AIAnnotation citation = CitationAnnotations.Of([new CitationMarker(0, 3, [(1, 1)])], [Source(1, FakeRetriever.Passage("one", source))])[0];

        Assert.Equal(isUrl ? new Uri(source) : null, Assert.IsType<CitationAnnotation>(citation).Url);
    }

    private static (int, int) RegionOf(CitationAnnotation citation)
    {
        TextSpanAnnotatedRegion region = Assert.IsType<TextSpanAnnotatedRegion>(Assert.Single(citation.AnnotatedRegions!));
        return (region.StartIndex!.Value, region.EndIndex!.Value);
    }

    private static ContextSource Source(int number, RetrievedPassage passage) => new() { Number = number, Passage = passage };
}
