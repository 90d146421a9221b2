namespace LocalRetrieval.Rag;

/// <summary>Says why a document that no reader claims is not read, and what to do.</summary>
internal static class MissingReaders
{
    private static readonly (string Package, string[] Endings)[] Packages =
    [
        ("LocalRetrieval.Documents.Pdf", [".pdf"]),
        ("LocalRetrieval.Documents.Html", [".html", ".htm", ".xhtml"]),
        ("LocalRetrieval.Documents.Office", [".docx", ".docm", ".dotx", ".dotm", ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".xlsx", ".xlsm", ".xltx", ".xltm"]),
        ("LocalRetrieval.Documents.Mail", [".eml", ".mbox"]),
    ];

    /// <summary>The reason in a few words; null where the document is to be read as plain text.</summary>
    public static string? Explain(DocumentSample sample, DocumentOrigin origin)
    {
        string ending = NameEndings.Of(sample.Source);
        if (PackageOf(sample, ending) is { } package)
        {
            return $"add the package {package}";
        }

        string? binary = BinaryContent.Find(sample);
        return binary is null && origin != DocumentOrigin.Found ? null
            : $"no reader for {(ending.Length > 1 ? ending : "a name without an ending")}{(binary is null ? "" : $" ({binary})")}";
    }

    private static string? PackageOf(DocumentSample sample, string ending) =>
        sample.Start.Span.StartsWith("%PDF-"u8) ? Packages[0].Package
        : sample.ZipEntries.Any(name => name is "word/document.xml" or "ppt/presentation.xml" or "xl/workbook.xml") ? Packages[2].Package
        : Array.Find(Packages, package => package.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase)).Package;
}
