namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class HeadingPathsTests
{
    [Fact]
    public void Build_LongTitleAndHeading_AreCutInThePathAlone()
    {
        string title = new('t', 5_000_000);
        string heading = new string('h', 1023) + "😀 and more";
        DocumentContentBuilder builder = new(new DocumentContext("a"), new DocumentMetadata { Title = title });
        builder.AddHeading(1, heading);
        builder.AddParagraph("A text.");
        builder.AddHeading(1, heading);

        DocumentContent content = builder.Build();

        Assert.Equal($"{title[..1024]} > {heading[..1023]}", content.Sections[0].HeadingPath);
        Assert.Contains(heading, content.Text, StringComparison.Ordinal);
        Assert.Equal(heading.Length, content.Sections[^1].Blocks[^1].Length);
    }
}
