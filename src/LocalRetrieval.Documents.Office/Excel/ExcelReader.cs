using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Reads Excel files: a section a sheet, each block of rows between blank ones a table; the page is the sheet's number.</summary>
/// <remarks>
/// Formulas give the value that the file keeps of them; nothing is calculated. Dates and percentages are written as such, in the invariant culture; other
/// numbers as they are kept. Hidden sheets are left out, with a warning. Nothing is fetched, and no macro runs. Safe for concurrent use.
/// </remarks>
public sealed class ExcelReader : IDocumentReader
{
    /// <summary>The reader.</summary>
    public static ExcelReader Instance { get; } = new();

    /// <inheritdoc />
    public Rag.ReaderFormat Format { get; } = new()
    {
        Name = "Excel",
        Extensions = [".xlsx", ".xlsm", ".xltx", ".xltm"],
        Matches = sample => sample.ZipEntries.Contains("xl/workbook.xml", StringComparer.OrdinalIgnoreCase),
    };

    /// <inheritdoc />
    public Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default) => OfficePackage.ReadAsync(
        stream,
        context,
        (bytes, settings) => SpreadsheetDocument.Open(bytes, isEditable: false, settings),
        document => Read(document, context, cancellationToken),
        cancellationToken);

    private static DocumentContent Read(SpreadsheetDocument document, DocumentContext context, CancellationToken cancellationToken)
    {
        WorkbookPart workbook = document.WorkbookPart
            ?? throw new InvalidDataException($"'{context.Source}' has no workbook part. Open it in Excel and save it anew.");
        DocumentContentBuilder builder = new(context, OfficeMetadata.Read(document, title: null)) { EmptyReason = "its sheets are empty" };
        CellTexts cells = CellTexts.Read(workbook, cancellationToken);
        int number = 0;
        List<string> hidden = [];
        foreach (Sheet sheet in workbook.Workbook?.Sheets?.Elements<Sheet>() ?? [])
        {
            builder.Page = ++number;
            string name = sheet.Name?.Value ?? "";
            if (sheet.State is { } state && state.Value != SheetStateValues.Visible)
            {
                hidden.Add(name);
            }
            else if (sheet.Id?.Value is { } id && workbook.TryGetPartById(id, out OpenXmlPart? part) && part is WorksheetPart worksheet)
            {
                builder.AddHeading(1, name);
                SheetRegions regions = new(builder);
                foreach (SheetRow row in SheetRow.ReadAll(worksheet, cells, cancellationToken))
                {
                    regions.Add(row);
                }

                regions.End();
            }
        }

        if (hidden.Count > 0)
        {
            builder.Warn($"hidden sheets were left out: {string.Join(", ", hidden)}");
        }

        return builder.Build();
    }
}
