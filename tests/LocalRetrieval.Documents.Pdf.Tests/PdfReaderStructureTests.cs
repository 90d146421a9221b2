using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Pdf.Tests;

public sealed class PdfReaderStructureTests
{
    private const string Prose = "This is a line of running text that is as long as lines are,\nand this is the one that comes behind it and ends here.";

    private static readonly string Joined = Prose.Replace('\n', ' ');

    [Fact]
    public async Task ReadAsync_LargeAndBoldLines_AreHeadings()
    {
        DocumentContent content = await new TestPdf().Page()
            .Line(50, 760, "The Manual", 24)
            .Line(50, 720, "Installing", 16).Lines(50, 700, Prose)
            .Line(50, 660, "On servers", 10, "F2").Lines(50, 640, Prose)
            .Line(50, 600, "Running", 16).Lines(50, 580, Prose)
            .ReadAsync();

        Assert.Equal(["The Manual > Installing", "The Manual > Installing > On servers", "The Manual > Running"], content.Paths());
        Assert.Equal([Joined, Joined, Joined], content.Texts());
        Assert.Equal("The Manual", content.Metadata.Title);
    }

    [Fact]
    public async Task ReadAsync_SentenceInBold_IsNoHeading()
    {
        DocumentContent content = await new TestPdf().Page().Lines(50, 720, Prose)
            .Lines(50, 660, "Read all of this with care before you start with any\nof it, since it has what you need.", font: "F2").Lines(50, 620, Prose)
            .ReadAsync();

        Assert.Equal([Joined, "Read all of this with care before you start with any of it, since it has what you need.", Joined], content.Texts());
    }

    [Fact]
    public async Task ReadAsync_NumberedTitlesOfOneStyle_HaveTheDepthOfTheirNumbers()
    {
        DocumentContent content = await new TestPdf().Page()
            .Line(50, 720, "1 Basics", 13, "F2").Lines(50, 700, Prose)
            .Line(50, 660, "1.1 Terms", 13, "F2").Lines(50, 640, Prose)
            .Line(50, 600, "2 More", 13, "F2").Lines(50, 580, Prose)
            .ReadAsync();

        Assert.Equal(["1 Basics", "1 Basics > 1.1 Terms", "2 More"], content.Paths());
    }

    [Fact]
    public async Task ReadAsync_Outline_GivesTheLevels()
    {
        TestPdf pdf = new TestPdf().Page()
            .Line(50, 720, "Basics", 13, "F2").Lines(50, 700, Prose)
            .Line(50, 660, "Terms", 13, "F2").Lines(50, 640, Prose);
        int outline = pdf.Add(""), first = pdf.Add(""), child = pdf.Add(""), page = pdf.PageObject(1);
        pdf.Set(outline, $"<< /Type /Outlines /First {first} 0 R /Last {first} 0 R /Count 2 >>");
        pdf.Set(first, $"<< /Title (Basics) /Parent {outline} 0 R /First {child} 0 R /Last {child} 0 R /Dest [{page} 0 R /Fit] >>");
        pdf.Set(child, $"<< /Title (Terms) /Parent {first} 0 R /Dest [{page} 0 R /Fit] >>");
        pdf.Catalog = $"/Outlines {outline} 0 R";

        DocumentContent content = await pdf.ReadAsync();

        Assert.Equal(["Basics", "Basics > Terms"], content.Paths());
    }

    [Fact]
    public async Task ReadAsync_Tags_GiveTheLevels()
    {
        DocumentContent content = await new TestPdf().Page()
            .Raw("/H1 <</MCID 0>> BDC").Line(50, 720, "Basics").Raw("EMC").Lines(50, 700, Prose)
            .Raw("/H2 <</MCID 1>> BDC").Line(50, 660, "Terms").Raw("EMC").Lines(50, 640, Prose)
            .Raw("/Artifact <</Type /Pagination>> BDC").Line(50, 20, "Not for reading").Raw("EMC")
            .ReadAsync();

        Assert.Equal(["Basics", "Basics > Terms"], content.Paths());
        Assert.Equal([Joined, Joined], content.Texts());
    }

    [Fact]
    public async Task ReadAsync_FixedPitch_IsCodeWithIndentation()
    {
        DocumentContent content = await new TestPdf().Page()
            .Lines(50, 700, Prose)
            .Lines(50, 660, "for line in lines:\n    if line:\n        print(line)", font: "F3").Line(50, 612, "done()", font: "F3")
            .Lines(50, 580, Prose)
            .ReadAsync();

        Assert.Equal([Joined, "for line in lines:\n    if line:\n        print(line)\n\ndone()", Joined], content.Texts());
        Assert.Equal(DocumentBlockKind.Code, content.Blocks()[1].Kind);
    }

    [Fact]
    public async Task ReadAsync_RuledTable_IsATableWithItsHeader()
    {
        TestPdf pdf = new TestPdf().Page().Lines(50, 740, Prose);
        for (int row = 0; row < 4; row++)
        {
            pdf.Rule(50, 700 - (row * 30), 450, 700 - (row * 30));
        }

        pdf.Rule(50, 610, 50, 700).Rule(200, 610, 200, 700).Rule(450, 610, 450, 700)
            .Line(55, 680, "Region").Line(205, 680, "What it holds")
            .Line(55, 650, "North").Lines(205, 655, "Everything that is written in\nthe north | and kept")
            .Line(55, 620, "South").Line(205, 620, "Nothing");

        DocumentContent content = await pdf.ReadAsync();

        DocumentBlock table = content.Blocks()[1];
        Assert.Equal(
            "| Region | What it holds |\n| North | Everything that is written in the north \\| and kept |\n| South | Nothing |",
            content.Text.Substring(table.Offset, table.Length));
        Assert.Equal(DocumentBlockKind.Table, table.Kind);
        Assert.Equal("| Region | What it holds |".Length, table.HeaderLength);
    }

    [Fact]
    public async Task ReadAsync_AlignedColumns_AreATable()
    {
        DocumentContent content = await new TestPdf().Page().Lines(50, 740, Prose)
            .Line(50, 700, "Region").Line(200, 700, "Reads").Line(300, 700, "Writes")
            .Line(50, 686, "North").Line(200, 686, "1200").Line(300, 686, "300")
            .Line(50, 672, "South").Line(200, 672, "900").Line(300, 672, "250")
            .Line(50, 658, "The far west").Line(200, 658, "70").Line(300, 658, "8")
            .Lines(50, 620, Prose)
            .ReadAsync();

        Assert.Equal([Joined, "| Region | Reads | Writes |\n| North | 1200 | 300 |\n| South | 900 | 250 |\n| The far west | 70 | 8 |", Joined], content.Texts());
        Assert.Equal("| Region | Reads | Writes |".Length, content.Blocks()[1].HeaderLength);
    }

    [Fact]
    public async Task ReadAsync_TableOverThePagesEnd_IsOneWithoutItsRepeatedHeader()
    {
        TestPdf pdf = new();
        for (int page = 0; page < 2; page++)
        {
            pdf.Page().Line(50, 700, "Region", font: "F2").Line(200, 700, "Quota", font: "F2");
            for (int row = 1; row <= 4; row++)
            {
                pdf.Line(50, 700 - (14 * row), $"Region {(4 * page) + row}").Line(200, 700 - (14 * row), $"{row}00 GB");
            }
        }

        DocumentContent content = await pdf.ReadAsync();

        string[] rows = Assert.Single(content.Texts()).Split('\n');
        Assert.Equal(9, rows.Length);
        Assert.Equal("| Region | Quota |", rows[0]);
        Assert.Equal("| Region 8 | 400 GB |", rows[8]);
    }

    [Fact]
    public async Task ReadAsync_TableOfContents_IsLines()
    {
        DocumentContent content = await new TestPdf().Page()
            .Line(50, 700, "1. Basics . . . . . . . . . . . . . . . . . . 5").Line(50, 688, "2. More ................................. 17")
            .ReadAsync();

        Assert.Equal("1. Basics … 5\n2. More … 17", Assert.Single(content.Texts()));
        Assert.Equal(DocumentBlockKind.Lines, content.Blocks()[0].Kind);
    }

    [Fact]
    public async Task ReadAsync_Information_IsMetadata()
    {
        DocumentContent content = await new TestPdf
        {
            Catalog = "/Lang (de-CH)",
            Information = "/Title (How to bake) /Author (Ann Other) /Subject (All of bread) /Keywords (bread, oven) /CreationDate (D:20240102030405Z) /ModDate (D:20250102030405+01'00')",
        }.Page().Lines(50, 700, Prose).ReadAsync();

        DocumentMetadata metadata = content.Metadata;
        Assert.Equal(("How to bake", "Ann Other", "All of bread", "de-CH"), (metadata.Title, metadata.Author, metadata.Description, metadata.Language));
        Assert.Equal(["bread", "oven"], metadata.Tags);
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero), metadata.Published);
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), metadata.Modified);
        Assert.Equal(["How to bake"], content.Paths());
    }

    [Theory]
    [InlineData("Microsoft Word - report.doc")]
    [InlineData("untitled")]
    [InlineData("thesis.dvi")]
    [InlineData("C:\\docs\\x")]
    [InlineData("  ")]
    public async Task ReadAsync_TitleThatNobodyGave_IsNone(string title)
    {
        DocumentContent content = await new TestPdf { Information = $"/Title ({title.Replace("\\", "\\\\", StringComparison.Ordinal)})" }.Page().Lines(50, 700, Prose).ReadAsync();

        Assert.Null(content.Metadata.Title);
    }
}
