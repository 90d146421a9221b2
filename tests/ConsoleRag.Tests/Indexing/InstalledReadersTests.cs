using LocalRetrieval.Documents;
using LocalRetrieval.Rag;

namespace ConsoleRag.Tests.Indexing;

/// <summary>An application that is told to add a package for a file reads that kind of file once it has the package.</summary>
public sealed class InstalledReadersTests
{
    private static readonly IDocumentReader[] Companions =
        [PdfReader.Instance, HtmlReader.Instance, WordReader.Instance, PowerPointReader.Instance, ExcelReader.Instance, MailReader.Instance];

    [Fact]
    public async Task ReadAsync_WithoutPackages_AdvisesThoseThatClaimTheEnding()
    {
        int advised = 0;
        foreach (string ending in Companions.SelectMany(reader => reader.Format.Extensions).Union([".mhtml", ".doc", ".rtf", ".odt", ".epub", ".xls", ".ppt", ".msg"]))
        {
            string source = $"file{ending}";
            SourceDocument document = SourceDocument.FromStream(source, _ => Task.FromResult<Stream>(new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0])));
            InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => new DocumentReaders([]).ReadAsync(document));
            string? package = Array.Find(Companions, reader => reader.Format.Extensions.Contains(ending))?.GetType().Assembly.GetName().Name;
            Assert.Equal((ending, package is not null), (ending, refusal.Message.EndsWith($"add the package {package}.", StringComparison.Ordinal)));
            Assert.Equal((ending, package is null), (ending, !refusal.Message.Contains("add the package", StringComparison.Ordinal)));
            advised += package is null ? 0 : 1;
        }

        Assert.True(advised >= 12, $"{advised}");
    }
}
