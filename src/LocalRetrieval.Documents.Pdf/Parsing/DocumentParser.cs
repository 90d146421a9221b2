using LocalRetrieval.Documents.Layout;
using LocalRetrieval.Documents.Structure;
using LocalRetrieval.Rag;
using UglyToad.PdfPig;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>Reads a document page by page, and makes content of what stands on the pages.</summary>
internal sealed class DocumentParser
{
    private const int MaxListedPages = 10;

    private readonly DocumentContext _context;
    private readonly ParsingGuard _guard;
    private readonly PageReader _pages = new();
    private readonly List<PageItem> _items = [];
    private readonly List<int> _scanned = [];
    private readonly List<string> _warnings = [];
    private int _withText;
    private int _broken;

    private DocumentParser(DocumentContext context, ParsingGuard guard)
    {
        _context = context;
        _guard = guard;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or is beyond a limit.</exception>
    /// <exception cref="OperationCanceledException">Reading was cancelled.</exception>
    public static DocumentContent Read(byte[] bytes, DocumentContext context, CancellationToken cancellationToken)
    {
        ParsingGuard guard = new(context, cancellationToken);
        using PdfDocument document = PdfFile.Open(bytes, context, guard);
        return new DocumentParser(context, guard).Read(document);
    }

    private DocumentContent Read(PdfDocument document)
    {
        new FormGraph(document, _guard).ThrowIfEndless();
        int pages = document.NumberOfPages;
        for (int page = 1; page <= pages; page++)
        {
            _guard.ThrowIfOver();
            ReadPage(document, page);
        }

        if (pages > 0 && _broken == pages)
        {
            throw new InvalidDataException(
                $"'{_context.Source}' cannot be read as a PDF: none of its {pages} pages can. {_warnings[0]} Get it again, or open and save it with a PDF program.");
        }

        ContentWriter writer = new(_context, Try(() => InformationReader.Read(document)) ?? DocumentMetadata.None, Try(() => OutlineReader.Read(document, _context.Options.MaxDepth)) ?? []);
        DocumentContentBuilder builder = writer.Write(_items, _guard.ThrowIfOver);
        _warnings.ForEach(warning => builder.Warn(warning));
        ReportScanned(builder, pages);
        return builder.Build();
    }

    private void ReadPage(PdfDocument document, int number)
    {
        try
        {
            PageGlyphs page = _pages.Read(document.GetPage(number));
            if (page.Directions.Count > 0)
            {
                _withText++;
                _items.AddRange(PageLayout.Read(page));
            }
            else if (page.HasImages)
            {
                _scanned.Add(number);
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // What the guard refuses is the document, not the page.
            _guard.ThrowIfOver();
            _broken++;
            _warnings.Add($"Page {number} cannot be read and is left out: {PdfFile.FirstLine(exception.Message)}");
        }
    }

    private T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            _guard.ThrowIfOver();
            _warnings.Add($"The document's information or outline is broken and is left out: {PdfFile.FirstLine(exception.Message)}");
            return null;
        }
    }

    private void ReportScanned(DocumentContentBuilder builder, int pages)
    {
        builder.EmptyReason = pages == 0 ? "it has no pages"
            : _withText == 0 && _scanned.Count > 0 ? "its pages are images without text; have their text recognised (OCR), and read that"
            : "its pages have no text";
        if (_withText > 0 && _scanned.Count > 0)
        {
            string listed = string.Join(", ", _scanned.Take(MaxListedPages)) + (_scanned.Count > MaxListedPages ? " and others" : "");
            builder.Warn(
                _scanned.Count == 1
                    ? $"Page {listed} is an image without text and gives nothing; have its text recognised (OCR)."
                    : $"{_scanned.Count} pages are images without text and give nothing: {listed}; have their text recognised (OCR).");
        }
    }
}
