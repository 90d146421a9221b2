using System.Globalization;
using System.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Pdf.Tests;

/// <summary>Writes small documents: pages of lines at places, and objects as a test wants them.</summary>
internal sealed class TestPdf
{
    private readonly List<string> _objects =
    [
        "",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        "",
    ];

    private readonly List<StringBuilder> _pages = [];

    /// <summary>Entries of the catalog besides its type and pages.</summary>
    public string Catalog { get; set; } = "";

    /// <summary>Entries of the information dictionary.</summary>
    public string Information { get; set; } = "";

    /// <summary>Entries of every page's resources besides its fonts F1 (regular), F2 (bold), F3 (fixed pitch) and F4 (<see cref="Font"/>).</summary>
    public string Resources { get; set; } = "";

    /// <summary>The object of the font F4.</summary>
    public string Font { get; set; } = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>";

    /// <summary>Starts a page of 600 by 800 points.</summary>
    public TestPdf Page()
    {
        _pages.Add(new StringBuilder());
        return this;
    }

    /// <summary>Sets a line of text.</summary>
    public TestPdf Line(double x, double y, string text, double size = 10, string font = "F1")
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
        return Raw($"BT /{font} {Number(size)} Tf 1 0 0 1 {Number(x)} {Number(y)} Tm ({escaped}) Tj ET");
    }

    /// <summary>Sets lines one below the other.</summary>
    public TestPdf Lines(double x, double y, string text, double size = 10, string font = "F1", double leading = 12)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Line(x, y, line, size, font);
            y -= leading;
        }

        return this;
    }

    /// <summary>Draws a line.</summary>
    public TestPdf Rule(double fromX, double fromY, double toX, double toY) =>
        Raw($"{Number(fromX)} {Number(fromY)} m {Number(toX)} {Number(toY)} l S");

    /// <summary>Adds operators to the page.</summary>
    public TestPdf Raw(string operators)
    {
        _pages[^1].Append(operators).Append('\n');
        return this;
    }

    /// <summary>Adds an object.</summary>
    /// <returns>Its number.</returns>
    public int Add(string content)
    {
        _objects.Add(content);
        return _objects.Count;
    }

    /// <summary>Replaces an object.</summary>
    public void Set(int number, string content) => _objects[number - 1] = content;

    /// <summary>Adds a stream.</summary>
    /// <returns>Its number.</returns>
    public int AddStream(string entries, string content) => Add($"<< {entries} /Length {content.Length} >>\nstream\n{content}\nendstream");

    /// <summary>The number of the object of a page, from 1; pages come behind all other objects, so it is known once those are there.</summary>
    public int PageObject(int page) => _objects.Count + (2 * page);

    /// <summary>The document.</summary>
    public byte[] ToBytes()
    {
        List<string> objects = [.. _objects];
        objects[0] = $"<< /Type /Catalog /Pages 2 0 R {Catalog} >>";
        objects[1] = $"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', Enumerable.Range(1, _pages.Count).Select(page => $"{PageObject(page)} 0 R"))}] >>";
        objects[5] = Font;
        foreach (StringBuilder page in _pages)
        {
            objects.Add($"<< /Length {page.Length} >>\nstream\n{page}\nendstream");
            objects.Add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R >> "
                    + $"{Resources} >> /Contents {objects.Count} 0 R >>");
        }

        objects.Add($"<< {Information} >>");
        return Write(objects);
    }

    /// <summary>Reads the document.</summary>
    public Task<DocumentContent> ReadAsync(DocumentReadingOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync(ToBytes(), options, cancellationToken);

    /// <summary>Reads a document.</summary>
    public static async Task<DocumentContent> ReadAsync(byte[] bytes, DocumentReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        using MemoryStream stream = new(bytes);
        return await PdfReader.Instance.ReadAsync(stream, new DocumentContext("test.pdf", options), cancellationToken);
    }

    private static byte[] Write(List<string> objects)
    {
        StringBuilder file = new("%PDF-1.7\n");
        List<int> offsets = [];
        for (int index = 0; index < objects.Count; index++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        int start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer << /Size {objects.Count + 1} /Root 1 0 R /Info {objects.Count} 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
