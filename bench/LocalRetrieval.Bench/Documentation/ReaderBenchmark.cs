using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using LocalRetrieval.Bench.Throughput;
using LocalRetrieval.Documents;
using LocalRetrieval.Rag;
using Markdig;
using MimeKit;
using UglyToad.PdfPig;

namespace LocalRetrieval.Bench.Documentation;

/// <summary>Each reader beside the library that it stands on, which only opens and parses.</summary>
internal static class ReaderBenchmark
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private static readonly (string Name, IDocumentReader Reader, string Library, Action<byte[]> Bare)[] Formats =
    [
        ("Markdown", MarkdownReader.Instance, "Markdig", bytes => Markdig.Markdown.Parse(Encoding.UTF8.GetString(bytes), Markdown)),
        ("source code", SourceCodeReader.Instance, "decoding UTF-8", bytes => Encoding.UTF8.GetString(bytes)),
        ("CSV", TabularReader.Instance, "decoding UTF-8", bytes => Encoding.UTF8.GetString(bytes)),
        ("JSON", JsonDocumentReader.Instance, "JsonDocument", bytes => JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }).Dispose()),
        ("notebook", NotebookReader.Instance, "JsonDocument", bytes => JsonDocument.Parse(bytes).Dispose()),
        ("PDF", PdfReader.Instance, "PdfPig", ReadPdf),
        ("HTML", HtmlReader.Instance, "AngleSharp", bytes => new HtmlParser().ParseDocument(new MemoryStream(bytes)).Dispose()),
        ("Word", WordReader.Instance, "Open XML SDK", ReadWord),
        ("PowerPoint", PowerPointReader.Instance, "Open XML SDK", ReadPowerPoint),
        ("Excel", ExcelReader.Instance, "Open XML SDK", ReadExcel),
        ("mail", MailReader.Instance, "MimeKit", bytes => _ = MimeMessage.Load(new MemoryStream(bytes)).TextBody),
    ];

    public static async Task<string> RunAsync(string folder, int rounds, CancellationToken cancellationToken)
    {
        StringBuilder table = new("| | files | MB | reader, files a second | reader, MB a second | bare library | time beside it |\n|---|---:|---:|---:|---:|---|---:|\n");
        foreach ((string name, IDocumentReader reader, string library, Action<byte[]> bare) in Formats)
        {
            byte[][] files = await LoadAsync(folder, reader, bare, cancellationToken);
            if (files.Length == 0)
            {
                continue;
            }

            Contender[] contenders = [new("bare", () => Each(files, bare)), new("reader", () => ReadAsync(files, reader, cancellationToken))];
            IReadOnlyDictionary<string, double[]> seconds = await Race.RunAsync(contenders, rounds);
            double median = Race.Median(seconds["reader"]);
            double megabytes = files.Sum(file => file.Length) / 1e6;
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {files.Length} | {megabytes:F1} | {files.Length / median:N0} | {megabytes / median:N1} | {library} | {Race.Ratio(seconds["reader"], seconds["bare"]):F2} |\n");
        }

        return table.ToString();
    }

    /// <summary>The files of a format that both can read: a race over refusals measures nothing.</summary>
    private static async Task<byte[][]> LoadAsync(string folder, IDocumentReader reader, Action<byte[]> bare, CancellationToken cancellationToken)
    {
        List<byte[]> files = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!reader.Format.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            byte[] bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            try
            {
                await ReadAsync([bytes], reader, cancellationToken);
                bare(bytes);
                files.Add(bytes);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Console.Error.WriteLine($"left out: {Path.GetFileName(file)}: {exception.Message}");
            }
        }

        return [.. files];
    }

    private static Task Each(byte[][] files, Action<byte[]> bare)
    {
        Array.ForEach(files, bare);
        return Task.CompletedTask;
    }

    private static async Task ReadAsync(byte[][] files, IDocumentReader reader, CancellationToken cancellationToken)
    {
        foreach (byte[] bytes in files)
        {
            using MemoryStream stream = new(bytes, writable: false);
            await reader.ReadAsync(stream, new DocumentContext("file" + reader.Format.Extensions[0]), cancellationToken);
        }
    }

    private static void ReadPdf(byte[] bytes)
    {
        using PdfDocument document = PdfDocument.Open(bytes);
        foreach (UglyToad.PdfPig.Content.Page page in document.GetPages())
        {
            _ = page.Text;
        }
    }

    private static void ReadWord(byte[] bytes)
    {
        using WordprocessingDocument document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        _ = document.MainDocumentPart?.Document?.Body?.InnerText;
    }

    private static void ReadPowerPoint(byte[] bytes)
    {
        using PresentationDocument document = PresentationDocument.Open(new MemoryStream(bytes), isEditable: false);
        foreach (SlidePart slide in document.PresentationPart?.SlideParts ?? [])
        {
            _ = slide.Slide?.InnerText;
        }
    }

    private static void ReadExcel(byte[] bytes)
    {
        using SpreadsheetDocument document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        _ = document.WorkbookPart?.SharedStringTablePart?.SharedStringTable?.InnerText;
        foreach (WorksheetPart sheet in document.WorkbookPart?.WorksheetParts ?? [])
        {
            _ = sheet.Worksheet?.InnerText;
        }
    }
}
