using System.IO.Compression;
using System.Text;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Documents.Pdf.Tests;

public sealed class PdfReaderHostileTests
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [Fact]
    public async Task ReadAsync_PasswordNeeded_IsRefusedByName()
    {
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => TestPdf.ReadAsync(File.ReadAllBytes(Path.Combine(Fixtures, "user-password.pdf"))));

        Assert.Equal("'test.pdf' is encrypted and needs a password to be read. Save a copy without a password, and read that.", refusal.Message);
    }

    [Fact]
    public async Task ReadAsync_EncryptedWithoutPassword_IsRead()
    {
        DocumentContent content = await TestPdf.ReadAsync(File.ReadAllBytes(Path.Combine(Fixtures, "owner-password.pdf")));

        Assert.Equal(["The vault opens at nine o'clock."], content.Texts());
    }

    [Fact]
    public async Task ReadAsync_PagesThatAreImages_SayWhy()
    {
        DocumentContent content = await WithImage(new TestPdf()).Page().Raw("q 600 0 0 800 0 0 cm /Im Do Q").ReadAsync();

        Assert.Empty(content.Sections);
        Assert.Equal("its pages are images without text; have their text recognised (OCR), and read that", content.EmptyReason);
    }

    [Fact]
    public async Task ReadAsync_SomePagesThatAreImages_AreAWarning()
    {
        TestPdf pdf = WithImage(new TestPdf()).Page().Line(50, 700, "A page with text.");
        DocumentContent content = await pdf.Page().Raw("q 600 0 0 800 0 0 cm /Im Do Q").Page().Raw("q 600 0 0 800 0 0 cm /Im Do Q").ReadAsync();

        Assert.Equal("2 pages are images without text and give nothing: 2, 3; have their text recognised (OCR).", Assert.Single(content.Warnings).Message);
        Assert.Equal(["A page with text."], content.Texts());
    }

    [Fact]
    public async Task ReadAsync_PageWithoutAnything_SaysSo() => Assert.Equal("its pages have no text", (await new TestPdf().Page().ReadAsync()).EmptyReason);

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.7")]
    [InlineData("%PDF-1.7\ngarbage that is no document at all\n%%EOF")]
    [InlineData("not a PDF")]
    public async Task ReadAsync_NoDocument_IsRefusedByName(string bytes)
    {
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => TestPdf.ReadAsync(Encoding.Latin1.GetBytes(bytes)));

        Assert.Equal("'test.pdf' cannot be read as a PDF. It may be damaged or cut short; get it again, or open and save it with a PDF program.", refusal.Message);
        Assert.NotNull(refusal.InnerException);
    }

    [Fact]
    public async Task ReadAsync_CutShortAnywhere_IsReadOrRefused()
    {
        byte[] bytes = new TestPdf().Page().Line(50, 700, "The first page.").Page().Line(50, 700, "The second page.").ToBytes();
        for (int length = 0; length < bytes.Length; length += 61)
        {
            await ReadOrRefuseAsync(bytes[..length]);
        }
    }

    [Fact]
    public async Task ReadAsync_BytesChangedAnywhere_IsReadOrRefused()
    {
        byte[] bytes = new TestPdf().Page().Line(50, 700, "The first page.").Rule(0, 0, 50, 50).Page().Line(50, 700, "The second page.").ToBytes();
        Random random = new(5);
        for (int round = 0; round < 100; round++)
        {
            byte[] changed = [.. bytes];
            for (int change = 0; change < 4; change++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            await ReadOrRefuseAsync(changed);
        }
    }

    [Fact]
    public async Task ReadAsync_PageThatCannotBeRead_IsAWarningAndTheRestIsRead()
    {
        TestPdf pdf = new TestPdf().Page().Line(50, 700, "The first page.").Page().Line(50, 700, "The second page.", font: "F4").Page().Line(50, 700, "The third page.");
        string broken = Encoding.Latin1.GetString(pdf.ToBytes());
        int second = pdf.PageObject(2);
        int page = broken.IndexOf($"\n{second} 0 obj", StringComparison.Ordinal);
        int box = broken.IndexOf("/MediaBox [0 0 600 800]", page, StringComparison.Ordinal);
        broken = broken[..box] + "/MediaBox [/A /B /C /D]" + broken[(box + 23)..];

        DocumentContent content = await TestPdf.ReadAsync(Encoding.Latin1.GetBytes(broken));

        Assert.Contains("The first page.", content.Texts());
        Assert.Contains("The third page.", content.Texts());
        Assert.StartsWith("Page 2 cannot be read and is left out: ", Assert.Single(content.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_PageTreeInItself_Ends()
    {
        byte[] bytes = new TestPdf().Page().Line(50, 700, "A page.").ToBytes();
        string looped = Encoding.Latin1.GetString(bytes);
        int kids = looped.IndexOf("/Kids [", StringComparison.Ordinal);

        await ReadOrRefuseAsync(Encoding.Latin1.GetBytes(looped[..(kids + 7)] + "2" + looped[(kids + 8)..]));
    }

    [Theory]
    [InlineData("A", "A")]
    [InlineData("A", "B")]
    public async Task ReadAsync_FormsInEachOther_AreRefused(string first, string second)
    {
        TestPdf pdf = new();
        int one = pdf.Add(""), other = pdf.Add("");
        pdf.Set(one, Form($"/{second} {other} 0 R", second));
        pdf.Set(other, Form($"/{first} {one} 0 R", first));
        pdf.Resources = $"/XObject << /{first} {one} 0 R >>";
        pdf.Page().Line(50, 700, "The first page.").Raw($"/{first} Do");

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => pdf.ReadAsync().OrHang());

        Assert.Contains("Its forms lie in each other without end", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_FormsThatMultiply_AreRefused()
    {
        TestPdf pdf = new();
        int next = pdf.AddStream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", " ");
        for (int level = 0; level < 20; level++)
        {
            next = pdf.AddStream($"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /A {next} 0 R >> >>", string.Concat(Enumerable.Repeat("/A Do ", 30)));
        }

        pdf.Resources = $"/XObject << /A {next} 0 R >>";
        pdf.Page().Raw("/A Do");

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => pdf.ReadAsync().OrHang());

        Assert.Contains("Its forms draw more than a million forms", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OutlineInItself_IsLeftOut()
    {
        TestPdf pdf = new TestPdf().Page().Line(50, 700, "A page.");
        int outline = pdf.Add(""), entry = pdf.Add("");
        pdf.Set(outline, $"<< /Type /Outlines /First {entry} 0 R /Last {entry} 0 R >>");
        pdf.Set(entry, $"<< /Title (A) /First {entry} 0 R /Next {entry} 0 R /Dest [{pdf.PageObject(1)} 0 R /Fit] >>");
        pdf.Catalog = $"/Outlines {outline} 0 R";

        Assert.Equal(["A page."], (await pdf.ReadAsync()).Texts());
    }

    [Fact]
    public async Task ReadAsync_ArraysInArrays_AreReadOrRefused()
    {
        TestPdf pdf = new();
        int map = pdf.AddStream("", "/CIDInit /ProcSet findresource begin 1 beginbfrange <00> <01> " + new string('[', 200_000) + " endbfrange");
        pdf.Font = $"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode {map} 0 R >>";

        await ReadOrRefuseAsync(pdf.Page().Line(50, 700, "A page.", font: "F4").Raw(new string('[', 100_000)).ToBytes());
    }

    [Fact]
    public async Task ReadAsync_DefaultColourSpaceOfItself_IsRead()
    {
        TestPdf pdf = new();
        int function = pdf.Add("<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >>");
        pdf.Resources = $"/ColorSpace << /DefaultCMYK [/DeviceN [/Black] /DeviceCMYK {function} 0 R] >>";

        Assert.Equal(["A page."], (await pdf.Page().Raw("0 0 0 1 k").Line(50, 700, "A page.").ReadAsync()).Texts());
    }

    [Fact]
    public async Task ReadAsync_StreamThatExpandsFar_IsRefusedByName()
    {
        TestPdf pdf = new TestPdf().Page().Line(50, 700, "A page.");
        pdf.Resources = $"/XObject << /A {pdf.AddStream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Filter /FlateDecode", Deflate(64 << 20))} 0 R >>";
        pdf.Raw("/A Do");

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => pdf.ReadAsync(new DocumentReadingOptions { MaxExpandedBytes = 1 << 20 }));

        Assert.Equal(
            "'test.pdf' expands to more than DocumentReadingOptions.MaxExpandedBytes, 1048576 bytes, allows. Raise the limit if you trust the file.", refusal.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ReadAsync_StreamThatExpandsTooManyTimes_IsRefusedByName(int filters)
    {
        string stored = Deflate(20 << 20);
        stored = filters == 2 ? Deflate(stored) : stored;
        TestPdf pdf = new TestPdf().Page().Line(50, 700, "A page.");
        string names = string.Concat(Enumerable.Repeat("/FlateDecode ", filters));
        pdf.Resources = $"/XObject << /A {pdf.AddStream($"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Filter [{names}]", stored)} 0 R >>";
        pdf.Raw("/A Do");

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => pdf.ReadAsync());

        Assert.StartsWith($"'test.pdf' has a stream that expands from {stored.Length} to ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(" times than DocumentReadingOptions.MaxExpansion, 500, allows. Raise the limit if you trust the file.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["A page."], (await pdf.ReadAsync(new DocumentReadingOptions { MaxExpansion = 1_000_000 })).Texts());
    }

    [Fact]
    public async Task ReadAsync_BeyondItsLimits_IsRefusedByName()
    {
        TestPdf pdf = new TestPdf().Page().Page().Page();

        Assert.Contains("'test.pdf' has 3 pages", (await Refused(new DocumentReadingOptions { MaxParts = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("'test.pdf' has more bytes", (await Refused(new DocumentReadingOptions { MaxBytes = 100 })).Message, StringComparison.Ordinal);
        Assert.Contains("takes longer", (await Refused(new DocumentReadingOptions { MaxDuration = TimeSpan.FromTicks(1) })).Message, StringComparison.Ordinal);

        Task<InvalidDataException> Refused(DocumentReadingOptions options) => Assert.ThrowsAsync<InvalidDataException>(() => pdf.ReadAsync(options));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        TestPdf pdf = new();
        for (int page = 0; page < 300; page++)
        {
            pdf.Page().Line(50, 700, "A page.");
        }

        Task<DocumentContent> reading = pdf.ReadAsync(cancellationToken: source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.OrHang());
    }

    [Fact]
    public async Task ReadAsync_SignsAllOverThePage_Ends()
    {
        TestPdf pdf = new TestPdf().Page();
        Random random = new(7);
        for (int sign = 0; sign < 8000; sign++)
        {
            pdf.Line(random.Next(600), random.Next(800), "x", random.Next(1, 20));
        }

        Assert.NotEmpty((await pdf.ReadAsync().OrHang()).Text);
    }

    [Fact]
    public async Task ReadAsync_AtTheSameTime_GivesTheSame()
    {
        byte[] bytes = new TestPdf().Page().Line(50, 740, "A heading", 18).Line(50, 700, "A page with a line of text on it.").ToBytes();

        DocumentContent[] contents = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestPdf.ReadAsync(bytes)));

        Assert.All(contents, content => Assert.Equal(contents[0].Text, content.Text));
    }

    private static string Form(string forms, string drawn) =>
        $"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << {forms} >> >> /Length 5 >>\nstream\n/{drawn} Do\nendstream";

    private static TestPdf WithImage(TestPdf pdf)
    {
        int image = pdf.AddStream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
        pdf.Resources = $"/XObject << /Im {image} 0 R >>";
        return pdf;
    }

    private static string Deflate(int length) => Deflate(new string(' ', length));

    private static string Deflate(string content)
    {
        using MemoryStream bytes = new();
        using (ZLibStream zlib = new(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(Encoding.Latin1.GetBytes(content));
        }

        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    private static async Task ReadOrRefuseAsync(byte[] bytes)
    {
        try
        {
            DocumentContent content = await TestPdf.ReadAsync(bytes).OrHang();
            Assert.All(content.Blocks(), block => Assert.InRange(block.Offset + block.Length, 0, content.Text.Length));
        }
        catch (InvalidDataException refusal)
        {
            Assert.Contains("'test.pdf'", refusal.Message, StringComparison.Ordinal);
        }
    }
}
