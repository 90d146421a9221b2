using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace LocalRetrieval.Rag.Tests.Documents.Limits;

public sealed class DocumentArchiveTests
{
    [Fact]
    public void Open_Archive_GivesItsEntries()
    {
        using DocumentArchive archive = DocumentArchive.Open(Zip(("a.xml", "<a/>"u8.ToArray()), ("dir/b.bin", [1, 2])), new DocumentContext("x.zip"));

        Assert.Equal(["a.xml", "dir/b.bin"], archive.Names);
        using StreamReader reader = new(archive.OpenEntry("a.xml")!);
        Assert.Equal("<a/>", reader.ReadToEnd());
        Assert.Null(archive.OpenEntry("missing"));
    }

    [Fact]
    public void Open_TooManyEntries_IsRefused() =>
        Refuses(Zip([.. Enumerable.Range(0, 11).Select(index => ($"{index}", Array.Empty<byte>()))]), new DocumentReadingOptions { MaxParts = 10 }, "MaxParts");

    [Fact]
    public void Open_TooManyDeclaredBytes_IsRefused() =>
        Refuses(Zip(("a", new byte[600]), ("b", new byte[600])), new DocumentReadingOptions { MaxExpandedBytes = 1000 }, "MaxExpandedBytes");

    [Fact]
    public void Open_EntryThatExpandsManyTimes_IsRefused()
    {
        MemoryStream bomb = Zip(("a", new byte[20 << 20]));

        Refuses(bomb, new DocumentReadingOptions(), "MaxExpansion");
        DocumentArchive.Open(bomb, new DocumentContext("x.zip", new DocumentReadingOptions { MaxExpansion = 2000 })).Dispose();
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\..\\b")]
    public void Open_PathOutOfTheArchive_IsRefused(string name) => Refuses(Zip((name, [1])), new DocumentReadingOptions(), "leads out of the archive");

    [Fact]
    public void Open_BrokenArchive_IsRefused()
    {
        byte[] bytes = Zip(("a", [1, 2, 3])).ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            Refuses(new MemoryStream(bytes[..length]), new DocumentReadingOptions(), "x.zip");
        }
    }

    [Fact]
    public async Task OpenEntry_MoreBytesThanDeclared_NeverComeOut()
    {
        byte[] bytes = Zip(("a.bin", new byte[100_000])).ToArray();

        // The directory's and the local header's length of the entry.
        foreach (byte[] signature in (byte[][])[[0x50, 0x4B, 1, 2], [0x50, 0x4B, 3, 4]])
        {
            int header = bytes.AsSpan().IndexOf(signature);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(header + (signature[2] == 1 ? 24 : 22)), 10);
        }

        using DocumentArchive archive = DocumentArchive.Open(new MemoryStream(bytes), new DocumentContext("x.zip", new DocumentReadingOptions { MaxExpandedBytes = 1000 }));
        using MemoryStream copy = new();
        Exception? exception = await Record.ExceptionAsync(() => archive.OpenEntry("a.bin")!.CopyToAsync(copy));

        Assert.True(exception is InvalidDataException || copy.Length <= 10);
    }

    [Fact]
    public async Task CheckAsync_Archive_CountsWhatComesOfAllOfIt()
    {
        MemoryStream stream = Zip(("a.bin", new byte[500]), ("b.xml", "<a><b/></a>"u8.ToArray()));
        stream.Position = 7;

        await DocumentArchive.CheckAsync(stream, new DocumentContext("x.zip", new DocumentReadingOptions { MaxExpandedBytes = 511 }));

        Assert.Equal(0, stream.Position);
        await Assert.ThrowsAsync<InvalidDataException>(() => DocumentArchive.CheckAsync(stream, new DocumentContext("x.zip", new DocumentReadingOptions { MaxExpandedBytes = 510 })));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DocumentArchive.CheckAsync(stream, new DocumentContext("x.zip"), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "DTD")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://localhost/a.dtd\"><a/>", "DTD")]
    [InlineData("<a>&b;</a>", "b")]
    [InlineData("<a><b></a>", "a.xml")]
    public async Task CheckAsync_HostileXml_IsRefused(string xml, string reason)
    {
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(
            () => DocumentArchive.CheckAsync(Zip(("a.xml", Encoding.UTF8.GetBytes(xml))), new DocumentContext("x.zip")));

        Assert.StartsWith("'x.zip'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.xml", "utf-8")]
    [InlineData("part", "utf-8")]
    [InlineData("part.bin", "utf-16")]
    [InlineData("part.bin", "utf-16BE")]
    public async Task CheckAsync_DeepXml_IsRefused(string name, string encoding)
    {
        string xml = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(
            () => DocumentArchive.CheckAsync(Zip((name, [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(xml)])), new DocumentContext("x.zip")));

        Assert.Contains("MaxDepth", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateReader_DepthOfTheLimit_IsRead()
    {
        string xml = string.Concat(Enumerable.Repeat("<a>", 16)) + string.Concat(Enumerable.Repeat("</a>", 16));
        DocumentContext context = new("x", new DocumentReadingOptions { MaxDepth = 16 });
        using XmlReader reader = DocumentXml.CreateReader(new MemoryStream(Encoding.UTF8.GetBytes(xml)), context);

        Assert.Equal(32, Enumerable.Range(0, 33).Count(_ => reader.Read()));
        using XmlReader deeper = DocumentXml.CreateReader(new MemoryStream(Encoding.UTF8.GetBytes($"<a>{xml}</a>")), context);
        Assert.Throws<InvalidDataException>(() => Enumerable.Range(0, 40).Count(_ => deeper.Read()));
    }

    private static void Refuses(Stream stream, DocumentReadingOptions options, string reason)
    {
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => DocumentArchive.Open(stream, new DocumentContext("x.zip", options)));
        Assert.StartsWith("'x.zip'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static MemoryStream Zip(params (string Name, byte[] Bytes)[] entries)
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
