using LocalRetrieval.Documents.Office.Tests.Fixtures;
using LocalRetrieval.Rag;
using static LocalRetrieval.Documents.Office.Tests.Fixtures.PowerPointFile;

namespace LocalRetrieval.Documents.Office.Tests.PowerPoint;

public sealed class PowerPointReaderTests
{
    [Fact]
    public async Task ReadAsync_Slides_AreSectionsWithTheirPage()
    {
        DocumentContent content = await PowerPointReader.Instance.ReadAsync(Create(
            Slide(Shape("ctrTitle", "Queues") + Shape("subTitle", "How they fail")),
            Slide(Shape("title", "Limits") + Shape("body", "Ten jobs", "  each a second", "Then wait") + Shape("sldNum", "2")),
            Slide(Shape(null, "A box"))));

        Assert.Equal(["Queues: How they fail", "Limits: - Ten jobs", "Limits: - each a second", "Limits: - Then wait", ": A box"], content.Lines());
        Assert.Equal([1, 2, 2, 2, 3], content.Blocks().Select(block => block.Page));
        Assert.Contains("- Ten jobs\n  - each a second\n- Then wait", content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Notes_StandUnderTheirSlide()
    {
        DocumentContent content = await PowerPointReader.Instance.ReadAsync(Create(Slide(Shape("title", "Limits") + Shape("body", "Ten jobs"))).AddNotes(1, "Mention the pager."));

        Assert.Equal(["Limits: Ten jobs", "Limits > Notes: Mention the pager."], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_TitleAlone_IsFound()
    {
        DocumentContent content = await PowerPointReader.Instance.ReadAsync(Create(Slide(Shape("title", "Questions?")), Slide(Shape("title", "End"))));

        Assert.Equal([": Questions?", ": End"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_TableAndPicture_AreShown()
    {
        DocumentContent content = await PowerPointReader.Instance.ReadAsync(Create(Slide(Shape("title", "T") + Table(["Region", "Quota"], ["north", "7"]) + Picture("A map"))));

        Assert.Equal(["T: | Region | Quota |\n| north | 7 |", "T: A map"], content.Lines());
        Assert.Equal("| Region | Quota |".Length, content.Blocks()[0].HeaderLength);
    }

    [Fact]
    public async Task ReadAsync_HiddenSlide_IsLeftOutAndTold()
    {
        DocumentContent content = await PowerPointReader.Instance.ReadAsync(Create(Slide(Shape("title", "T"), isHidden: true), Slide(Shape("title", "U") + Shape("body", "b"))));

        Assert.Equal(["U: b"], content.Lines());
        Assert.Equal(2, content.Blocks()[0].Page);
        Assert.Contains("hidden", Assert.Single(content.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NoText_SaysWhy() =>
        Assert.Equal("its slides hold no text", (await PowerPointReader.Instance.ReadAsync(Create(Slide("")))).EmptyReason);
}
