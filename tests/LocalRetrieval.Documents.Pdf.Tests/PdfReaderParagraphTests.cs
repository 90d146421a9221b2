using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Pdf.Tests;

public sealed class PdfReaderParagraphTests
{
    [Fact]
    public async Task ReadAsync_GapsAndIndents_PartParagraphs()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(50, 700, "The first paragraph has two lines of text that\ngo on to here, and a short end.")
            .Lines(50, 664, "The second one stands further below than lines\ndo, so that it is a paragraph of its own, which\n")
            .Line(62, 640, "An indented line starts a third one that has no")
            .Line(50, 628, "gap above it but is set in at its first line only.")
            .ReadAsync();

        Assert.Equal(
            [
                "The first paragraph has two lines of text that go on to here, and a short end.",
                "The second one stands further below than lines do, so that it is a paragraph of its own, which",
                "An indented line starts a third one that has no gap above it but is set in at its first line only.",
            ],
            content.Texts());
    }

    [Fact]
    public async Task ReadAsync_ParagraphOverThePagesEnd_IsOneOnItsFirstPage()
    {
        DocumentContent content = await new TestPdf()
            .Page().Lines(50, 100, "A paragraph starts at the end of the first page and is\nnot finished there, since the page has no room for the")
            .Page().Lines(50, 750, "rest of it, which stands at the start of the second page\nand ends there.").Line(50, 700, "Another one follows on the second page.")
            .ReadAsync();

        Assert.Equal([1, 2], content.Blocks().Select(block => block.Page));
        Assert.StartsWith("A paragraph starts", content.Texts()[0], StringComparison.Ordinal);
        Assert.EndsWith("for the rest of it, which stands at the start of the second page and ends there.", content.Texts()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_DividedWords_AreJoinedAndCompoundsKeepTheirHyphen()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(50, 700, "This is a well-known fact of the infor-\nmation that everybody has of this well-\nknown matter, and of a matter that is less so.")
            .ReadAsync();

        Assert.Equal(
            "This is a well-known fact of the information that everybody has of this well-known matter, and of a matter that is less so.",
            Assert.Single(content.Texts()));
    }

    [Fact]
    public async Task ReadAsync_GapsWithoutSpaces_AreSpaces()
    {
        DocumentContent content = await new TestPdf().Page().Raw("BT /F1 10 Tf 50 700 Td [(No)-300(space)-300(was)-20(n't) -280(set)-300(here.)] TJ ET").ReadAsync();

        Assert.Equal("No space wasn't set here.", Assert.Single(content.Texts()));
    }

    [Fact]
    public async Task ReadAsync_BulletsAndNumbers_AreItems()
    {
        DocumentContent content = await new TestPdf().Page()
            .Line(50, 700, "What is needed:")
            .Line(60, 686, "\u0095 flour of any kind, which is the better the finer it is,").Line(68, 674, "and sifted before it is used")
            .Line(60, 662, "\u0095 water")
            .Line(50, 640, "1. Mix both.").Line(50, 628, "2. Wait for an hour.").Line(50, 616, "3. Bake.")
            .ReadAsync();

        Assert.Equal(
            ["What is needed:", "- flour of any kind, which is the better the finer it is, and sifted before it is used", "- water", "1. Mix both.", "2. Wait for an hour.", "3. Bake."],
            content.Texts());
    }

    [Fact]
    public async Task ReadAsync_RunningLines_AreLeftOut()
    {
        TestPdf pdf = new();
        for (int page = 1; page <= 5; page++)
        {
            bool isLeft = page % 2 == 0;
            pdf.Page().Line(isLeft ? 50 : 380, 770, isLeft ? "The Handbook" : "Chapter on Bread", 8)
                .Line(50, 700, $"What page number {new string('x', page)} says is only here and nowhere else.")
                .Line(isLeft ? 50 : 530, 30, $"{page + 10}", 8);
        }

        DocumentContent content = await pdf.ReadAsync();

        Assert.Equal(5, content.Texts().Length);
        Assert.All(content.Texts(), text => Assert.StartsWith("What page", text, StringComparison.Ordinal));
        Assert.Equal([1, 2, 3, 4, 5], content.Blocks().Select(block => block.Page));
    }

    [Fact]
    public async Task ReadAsync_SentencesThatCountWithThePages_Stay()
    {
        TestPdf pdf = new();
        for (int page = 1; page <= 5; page++)
        {
            pdf.Page().Line(50, 700, $"The quota of region {page} is {page}00 GB.").Line(50, 688, "It is " + new string('x', page));
        }

        Assert.Equal(5, (await pdf.ReadAsync()).Texts().Count(text => text.StartsWith("The quota of region", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReadAsync_FeetWithTheCountOfPages_AreLeftOut()
    {
        TestPdf pdf = new();
        for (int page = 1; page <= 4; page++)
        {
            pdf.Page().Line(50, 700, $"Text {new string('x', page)} of the page.").Line(50, 30, $"Journal 12 of May 17, 2018 {page} / 14", 8);
        }

        Assert.Equal(4, (await pdf.ReadAsync()).Texts().Length);
    }

    [Fact]
    public async Task ReadAsync_HeadingsOfPagesThatCount_StayHeadings()
    {
        TestPdf pdf = new();
        for (int page = 1; page <= 4; page++)
        {
            pdf.Page().Line(50, 740, $"Day {page} of the week", 18).Line(50, 700, $"On day {new string('x', page)} this is what is to be done by all.");
        }

        DocumentContent content = await pdf.ReadAsync();

        Assert.Equal(["Day 1 of the week", "Day 2 of the week", "Day 3 of the week", "Day 4 of the week"], content.Paths());
    }

    [Fact]
    public async Task ReadAsync_Footnotes_AreKeptApart()
    {
        DocumentContent content = await new TestPdf()
            .Page().Line(50, 120, "The bread is baked in stone ovens").Line(202.5, 124, "1", 6).Line(50, 108, "which are heated for a whole day before the baker puts")
            .Line(50, 60, "1 Of granite, which keeps the heat longest.", 7)
            .Page().Lines(50, 750, "the dough into them, which is how it was done in all\nof the houses there.")
            .ReadAsync();

        string[] texts = content.Texts();
        Assert.Equal("The bread is baked in stone ovens¹ which are heated for a whole day before the baker puts the dough into them, which is how it was done in all of the houses there.", texts[0]);
        Assert.Equal("1 Of granite, which keeps the heat longest.", texts[1]);
        Assert.Equal([1, 1], content.Blocks().Select(block => block.Page));
    }

    [Fact]
    public async Task ReadAsync_HiddenText_IsLeftOut()
    {
        DocumentContent content = await new TestPdf().Page()
            .Line(50, 700, "Everybody sees this.")
            .Raw("BT 3 Tr /F1 10 Tf 50 600 Td (Nobody sees this.) Tj 0 Tr ET")
            .Line(5000, 700, "This is beside the page.")
            .ReadAsync();

        Assert.Equal(["Everybody sees this."], content.Texts());
    }
}
