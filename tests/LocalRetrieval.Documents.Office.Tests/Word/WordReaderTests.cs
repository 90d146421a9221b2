using LocalRetrieval.Documents.Office.Tests.Fixtures;
using LocalRetrieval.Rag;
using static LocalRetrieval.Documents.Office.Tests.Fixtures.WordFile;

namespace LocalRetrieval.Documents.Office.Tests.Word;

public sealed class WordReaderTests
{
    [Fact]
    public async Task ReadAsync_HeadingsOfAnyLanguage_GiveThePath()
    {
        DocumentContent content = await ReadAsync(P("Handbuch", "Titel") + P("Eins", "berschrift1") + P("a") + P("Zwei", "berschrift2") + P("b") + P("Eigene", "Abschnitt") + P("c"));

        Assert.Equal(["Handbuch > Eins: a", "Handbuch > Eins > Zwei: b", "Handbuch > Eins > Eigene: c"], content.Lines());
        Assert.Equal("Handbuch", content.Metadata.Title);
        Assert.Equal("de-DE", content.Metadata.Language);
    }

    [Fact]
    public async Task ReadAsync_OutlineLevelOfAParagraph_IsAHeading()
    {
        DocumentContent content = await ReadAsync("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>" + P("a"));

        Assert.Equal(["One: a"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Lists_HaveTheirNumbers()
    {
        DocumentContent content = await ReadAsync(
            P("one", numbering: 1) + P("under", numbering: 1, level: 1) + P("two", numbering: 1) + P("under two", numbering: 1, level: 1) + P("dot", numbering: 2));

        Assert.Equal([": 1. one", ": - a) under", ": 2. two", ": - a) under two", ": - dot"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_NumberedHeadings_ShowTheirNumbers()
    {
        DocumentContent content = await ReadAsync(P("Intro", "berschrift1", 3) + P("Scope", "berschrift2", 3, 1) + P("a") + P("Terms", "berschrift2", 3, 1) + P("b"));

        Assert.Equal(["1 Intro > 1.1 Scope: a", "1 Intro > 1.2 Terms: b"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Table_IsOneBlockWithItsHeader()
    {
        DocumentContent content = await ReadAsync($"<w:tbl><w:tblPr/>{Row("Region", "Quota")}{Row("north", "7")}{Row("a|b", "")}</w:tbl>");

        DocumentBlock block = Assert.Single(content.Blocks());
        Assert.Equal(DocumentBlockKind.Table, block.Kind);
        Assert.Equal("| Region | Quota |", content.Text.Substring(block.Offset, block.HeaderLength));
        Assert.Equal([": | Region | Quota |\n| north | 7 |\n| a\\|b |  |"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_FirstRowOfNumbers_IsNoHeader()
    {
        DocumentContent content = await ReadAsync($"<w:tbl>{Row("1", "2")}{Row("3", "4")}</w:tbl>");

        Assert.Equal(0, Assert.Single(content.Blocks()).HeaderLength);
    }

    [Fact]
    public async Task ReadAsync_MergedCells_AreRepeatedDownwards()
    {
        string merged = "<w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>" + P("north") + "</w:tc>";
        string goesOn = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>";
        string wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + P("both") + "</w:tc>";

        DocumentContent content = await ReadAsync(
            $"<w:tbl>{Row("Region", "City")}<w:tr>{merged}<w:tc>{P("x")}</w:tc></w:tr><w:tr>{goesOn}<w:tc>{P("y")}</w:tc></w:tr><w:tr>{wide}</w:tr></w:tbl>");

        Assert.Equal([": | Region | City |\n| north | x |\n| north | y |\n| both |  |"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_TableOfOneColumn_IsParagraphs()
    {
        DocumentContent content = await ReadAsync($"<w:tbl>{Row("Note")}{Row("Mind the step.")}</w:tbl>");

        Assert.Equal([": Note", ": Mind the step."], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Changes_AreReadAsAccepted()
    {
        DocumentContent content = await ReadAsync(
            "<w:p><w:r><w:t xml:space=\"preserve\">The </w:t></w:r><w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>old</w:delText></w:r></w:del>"
                + "<w:ins w:id=\"2\" w:author=\"a\"><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t xml:space=\"preserve\"> text</w:t></w:r></w:p>");

        Assert.Equal([": The new text"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Fields_GiveTheirResult()
    {
        DocumentContent content = await ReadAsync(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> HYPERLINK \"http://x\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
                + "<w:r><w:t>here</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:hyperlink w:anchor=\"x\"><w:r><w:t xml:space=\"preserve\"> and there</w:t></w:r></w:hyperlink></w:p>");

        Assert.Equal([": here and there"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Footnotes_StandBehindTheirParagraph()
    {
        OfficeFile file = Create(
            P("a", "berschrift1") + "<w:p><w:r><w:t>Fast</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>.</w:t></w:r></w:p>" + P("Next."),
            $"<w:footnote w:type=\"separator\" w:id=\"0\">{P("-")}</w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> On two cores.</w:t></w:r></w:p></w:footnote>");

        Assert.Equal(["a: Fast[1].", "a: [1] On two cores.", "a: Next."], (await WordReader.Instance.ReadAsync(file)).Lines());
    }

    [Fact]
    public async Task ReadAsync_Alternatives_AreReadOnce()
    {
        string box = "<w:txbxContent>" + P("In the box") + "</w:txbxContent>";
        DocumentContent content = await ReadAsync(
            "<w:p><w:r><w:t>Beside</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">"
                + $"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
                + $"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>");

        Assert.Equal([": Beside", ": In the box"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Picture_GivesItsAlternativeText()
    {
        DocumentContent content = await ReadAsync(
            "<w:p><w:r><w:t>See</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"p.png\" descr=\"A tree of nodes\"/></wp:inline></w:drawing></w:r></w:p>");

        Assert.Equal([": See A tree of nodes"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Code_KeepsItsLinesAndIndentation()
    {
        DocumentContent content = await ReadAsync(P("Do:") + P("if x:", "Code") + P("    run()", "Code") + P("Done."));

        Assert.Equal([": Do:", ": if x:\n    run()", ": Done."], content.Lines());
        Assert.Equal(DocumentBlockKind.Code, content.Blocks()[1].Kind);
    }

    [Fact]
    public async Task ReadAsync_TableOfContents_IsLeftOut()
    {
        DocumentContent content = await ReadAsync(
            $"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>{P("One ... 3")}</w:sdtContent></w:sdt>"
                + P("Two ... 4", "Verzeichnis1") + $"<w:sdt><w:sdtContent>{P("In a control")}</w:sdtContent></w:sdt>" + P("One", "berschrift1") + P("a"));

        Assert.Equal([": In a control", "One: a"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Formula_IsOneLine()
    {
        DocumentContent content = await ReadAsync(
            "<w:p><m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>");

        Assert.Equal([": x=(a+b)/2"], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_HeadingWithoutBody_IsFound()
    {
        DocumentContent content = await ReadAsync(P("FAQ", "berschrift1") + P("Is it free? Yes.", "berschrift2"));

        Assert.Equal(["FAQ: Is it free? Yes."], content.Lines());
    }

    [Fact]
    public async Task ReadAsync_Properties_AreMetadata()
    {
        OfficeFile file = Create(P("a")).AddProperties(
            "<dc:title>Plan</dc:title><dc:creator>Ann</dc:creator><cp:keywords>one; two, three</cp:keywords><dc:description>About it</dc:description>"
                + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2025-02-03T04:05:06Z</dcterms:created>");

        DocumentContent content = await WordReader.Instance.ReadAsync(file);

        Assert.Equal(["Plan: a"], content.Lines());
        Assert.Equal("Ann", content.Metadata.Author);
        Assert.Equal("About it", content.Metadata.Description);
        Assert.Equal(["one", "two", "three"], content.Metadata.Tags);
        Assert.Equal(new DateTimeOffset(2025, 2, 3, 4, 5, 6, TimeSpan.Zero), content.Metadata.Published);
    }

    private static Task<DocumentContent> ReadAsync(string body) => WordReader.Instance.ReadAsync(Create(body));
}
