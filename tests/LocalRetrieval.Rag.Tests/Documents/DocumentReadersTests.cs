using System.IO.Compression;
using LocalRetrieval.Rag.Tests.Fakes;

namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class DocumentReadersTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001A\n\0\0"u8];

    private static readonly NamedReader Pdf = new("pdf", [".pdf"], sample => sample.Start.Span.StartsWith("%PDF-"u8));

    [Theory]
    [InlineData("a.pdf", "%PDF-1.7", "pdf")]
    [InlineData("a.txt", "%PDF-1.7", "pdf")]
    [InlineData("a.pdf", "broken", "pdf")]
    [InlineData("a.md", "text", "md")]
    [InlineData("a.MD", "text", "md")]
    [InlineData("dir.md/a", "text", "text")]
    [InlineData("md", "text", "text")]
    [InlineData("https://example.org/a.md?raw=1#top", "text", "md")]
    [InlineData("Makefile", "text", "make")]
    [InlineData("src/makefile", "text", "make")]
    [InlineData("a.Makefile", "text", "text")]
    [InlineData("a.ts", "text", "ts")]
    [InlineData("a.d.ts", "text", "types")]
    public async Task ReadAsync_Document_IsChosenByContentThenByEnding(string source, string bytes, string expected)
    {
        DocumentReaders readers = new([Pdf, new NamedReader("md", [".md"]), new NamedReader("make", ["Makefile"]), new NamedReader("types", [".d.ts"]), new NamedReader("ts", [".ts"])]);

        Assert.Equal(expected, (await readers.ReadAsync(FromBytes(source, bytes))).Text);
    }

    [Theory]
    [InlineData("a.pdf", "own")]
    [InlineData("a.txt", "pdf")]
    public async Task ReadAsync_LaterReaderOfTheEnding_TakesItsEndingAlone(string source, string expected)
    {
        DocumentReaders readers = new DocumentReaders([Pdf]).With(new NamedReader("own", [".pdf"]));

        Assert.Equal(expected, (await readers.ReadAsync(FromBytes(source, "%PDF-1.7"))).Text);
        Assert.Equal("pdf", (await new DocumentReaders([new NamedReader("own", [".pdf"]), Pdf]).ReadAsync(FromBytes(source, "%PDF-1.7"))).Text);
    }

    [Fact]
    public async Task ReadAsync_ZipArchive_IsChosenByWhatItHolds()
    {
        MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("inner/x.xml");
        }

        DocumentReaders readers = new([new NamedReader("zip", [".zip"], sample => sample.ZipEntries.Contains("inner/x.xml"))]);

        Assert.Equal("zip", (await readers.ReadAsync(FromBytes("a.md", bytes.ToArray()))).Text);
        await Assert.ThrowsAsync<InvalidDataException>(() => readers.ReadAsync(FromBytes("a.bin", bytes.ToArray()[..^5])));
    }

    [Fact]
    public async Task ReadAsync_TextAtHand_IsTextWhateverItsName()
    {
        DocumentReaders readers = new([Pdf, new NamedReader("page", [".html"], _ => false, isText: true), PlainTextReader.Instance, MarkdownReader.Instance]);

        Assert.Equal("page", (await readers.ReadAsync(new SourceDocument("part.html", "<b>a part</b>"))).Text);
        Assert.Equal("taken out of it", (await readers.ReadAsync(new SourceDocument("report.pdf", "taken out of it"))).Text);
        Assert.Equal("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", (await readers.ReadAsync(new SourceDocument("a.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"))).Text);
    }

    [Fact]
    public async Task ReadAsync_UnknownEndingThatWasNamed_IsReadWhereItIsText()
    {
        Assert.Equal("text", (await DocumentReaders.Default.ReadAsync(FromBytes("a.unknown", "text"))).Text);

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => DocumentReaders.Default.ReadAsync(FromBytes("a.png", Png)));
        Assert.Equal("'a.png' cannot be read: no reader for .png (a PNG image).", refusal.Message);
    }

    [Theory]
    [InlineData("a.pdf", "%PDF-1.7", "LocalRetrieval.Documents.Pdf")]
    [InlineData("a.bin", "%PDF-1.7", "LocalRetrieval.Documents.Pdf")]
    [InlineData("a.htm", "<p>", "LocalRetrieval.Documents.Html")]
    [InlineData("a.DOCX", "x", "LocalRetrieval.Documents.Office")]
    [InlineData("a.eml", "x", "LocalRetrieval.Documents.Mail")]
    public async Task ReadAsync_MissingPackage_IsNamed(string source, string bytes, string package)
    {
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => new DocumentReaders([]).ReadAsync(FromBytes(source, bytes)));

        Assert.Equal($"'{source}' cannot be read: add the package {package}.", refusal.Message);
    }

    [Fact]
    public async Task ReadAsync_GitLfsPointer_IsTold()
    {
        string pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

        foreach (string source in (string[])["a.pdf", "a.md", "a.unknown"])
        {
            InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => new DocumentReaders([Pdf]).ReadAsync(FromBytes(source, pointer)));
            Assert.Equal($"'{source}' is a Git LFS pointer in the place of its content (12345 bytes). Run 'git lfs pull' in its repository.", refusal.Message);
        }
    }

    [Fact]
    public async Task ReadAsync_TooManyBytes_AreRefusedBeforeReading()
    {
        DocumentReadingOptions options = new() { MaxBytes = 4 };
        NamedReader reader = new("own", [".x"]) { OnRead = (_, _, _) => throw new InvalidOperationException("It was read.") };
        DocumentReaders readers = new([reader]);

        foreach (SourceDocument document in (SourceDocument[])
            [FromBytes("a.x", "12345"), new("a.x", "12345"), SourceDocument.FromStream("a.x", _ => Task.FromResult<Stream>(new UnseekableStream("12345"u8.ToArray())))])
        {
            InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => readers.ReadAsync(document, options));
            Assert.Contains("'a.x' has more than 4 bytes", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("DocumentReadingOptions.MaxBytes", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal("1234", (await new DocumentReaders([]).ReadAsync(FromBytes("a.txt", "1234"), options)).Text);
    }

    [Fact]
    public async Task ReadAsync_TooLong_IsAnErrorAndCancellationStaysOne()
    {
        DocumentReaders readers = new([new NamedReader("own", [".x"]) { OnRead = (_, _, token) => Task.Delay(Timeout.Infinite, token) }]);
        DocumentReadingOptions options = new() { MaxDuration = TimeSpan.FromMilliseconds(20) };

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => readers.ReadAsync(FromBytes("a.x", "1"), options));
        Assert.Contains("'a.x' takes longer than 00:00:00.0200000 to read", refusal.Message, StringComparison.Ordinal);

        using CancellationTokenSource source = new();
        Task<DocumentContent> reading = readers.ReadAsync(FromBytes("a.x", "1"), new DocumentReadingOptions { MaxDuration = TimeSpan.MaxValue }, source.Token);
        await source.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task ReadAsync_OpeningThatHangs_IsAnError()
    {
        SourceDocument document = SourceDocument.FromStream("a.x", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Stream.Null;
        });

        await Assert.ThrowsAsync<InvalidDataException>(() => DocumentReaders.Default.ReadAsync(document, new DocumentReadingOptions { MaxDuration = TimeSpan.FromMilliseconds(20) }));
    }

    [Fact]
    public async Task ReadAsync_FailureWhileChoosing_ClosesTheStream()
    {
        MemoryStream stream = new("text"u8.ToArray());
        DocumentReaders readers = new([new NamedReader("own", [], _ => throw new InvalidOperationException("no"))]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => readers.ReadAsync(SourceDocument.FromStream("a", _ => Task.FromResult<Stream>(stream))));

        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Formats_Default_HasThePackagesOwn()
    {
        Assert.Contains("Markdown", DocumentReaders.Default.Formats.Select(format => format.Name));
        Assert.Throws<ArgumentNullException>(() => new DocumentReaders([null!]));
    }

    private static SourceDocument FromBytes(string source, string bytes) => FromBytes(source, System.Text.Encoding.UTF8.GetBytes(bytes));

    private static SourceDocument FromBytes(string source, byte[] bytes) => SourceDocument.FromStream(source, _ => Task.FromResult<Stream>(new MemoryStream(bytes)));

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
