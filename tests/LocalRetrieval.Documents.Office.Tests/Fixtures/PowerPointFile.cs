namespace LocalRetrieval.Documents.Office.Tests.Fixtures;

/// <summary>Writes PowerPoint files.</summary>
internal static class PowerPointFile
{
    private const string Main = "application/vnd.openxmlformats-officedocument.presentationml.";
    private const string Namespaces =
        "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    /// <summary>A file of these slides.</summary>
    public static OfficeFile Create(params string[] slides)
    {
        OfficeFile file = new();
        string ids = string.Concat(slides.Select((_, index) => $"<p:sldId id=\"{256 + index}\" r:id=\"rId{index + 1}\"/>"));
        file.Add("ppt/presentation.xml", Main + "presentation.main+xml", $"<p:presentation {Namespaces}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>", "", "officeDocument");
        for (int index = 0; index < slides.Length; index++)
        {
            file.Add($"ppt/slides/slide{index + 1}.xml", Main + "slide+xml", slides[index], "ppt/presentation.xml", "slide");
        }

        return file;
    }

    public static OfficeFile AddNotes(this OfficeFile file, int slide, string text) => file.Add(
        $"ppt/notesSlides/notesSlide{slide}.xml",
        Main + "notesSlide+xml",
        $"<p:notes {Namespaces}><p:cSld><p:spTree>{Empty}{Shape("body", text)}{Shape("sldNum", "7")}</p:spTree></p:cSld></p:notes>",
        $"ppt/slides/slide{slide}.xml",
        "notesSlide");

    public static string Slide(string shapes, bool isHidden = false) =>
        $"<p:sld {Namespaces}{(isHidden ? " show=\"0\"" : "")}><p:cSld><p:spTree>{Empty}{shapes}</p:spTree></p:cSld></p:sld>";

    /// <summary>A shape in a placeholder of that type, or in none; a paragraph that starts with blanks lies two blanks a level deeper.</summary>
    public static string Shape(string? placeholder, params string[] paragraphs) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"s\"/><p:cNvSpPr/><p:nvPr>{(placeholder is null ? "" : $"<p:ph type=\"{placeholder}\"/>")}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>"
            + string.Concat(paragraphs.Select(text => $"<a:p><a:pPr lvl=\"{(text.Length - text.TrimStart().Length) / 2}\"/><a:r><a:t>{text.TrimStart()}</a:t></a:r></a:p>")) + "</p:txBody></p:sp>";

    public static string Table(params string[][] rows) =>
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"4\" name=\"t\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\"/>"
            + string.Concat(rows.Select(row => "<a:tr h=\"1\">" + string.Concat(row.Select(cell => $"<a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>")) + "</a:tr>"))
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>";

    public static string Picture(string description) =>
        $"<p:pic><p:nvPicPr><p:cNvPr id=\"5\" name=\"p\" descr=\"{description}\"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill/><p:spPr/></p:pic>";

    private const string Empty = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>";
}
