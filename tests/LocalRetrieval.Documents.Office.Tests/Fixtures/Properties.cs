namespace LocalRetrieval.Documents.Office.Tests.Fixtures;

/// <summary>The properties of a file.</summary>
internal static class Properties
{
    /// <summary>Adds them, given as the XML of docProps/core.xml's elements.</summary>
    public static OfficeFile AddProperties(this OfficeFile file, string elements) => file.Add(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties+xml",
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
            + $"xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{elements}</cp:coreProperties>",
        "",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties");
}
