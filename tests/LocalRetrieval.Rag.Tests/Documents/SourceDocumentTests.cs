using System.Text;

namespace LocalRetrieval.Rag.Tests.Documents;

public sealed class SourceDocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rag-tests-").FullName;

    [Fact]
    public void Constructor_LoneSurrogateInTheName_IsRefusedByItsPlace()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new SourceDocument("a\ud800.md", "text"));

        Assert.Equal("source", refusal.ParamName);
        Assert.Contains("U+D800, at 1 ", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SourceDocument.FromFile("a.md", "\udc00"));
        Assert.Equal("😀.md", new SourceDocument("😀.md", "text").Source);
    }

    [Fact]
    public async Task WithMetadata_EveryKindOfDocument_IsACopyWithIt()
    {
        Write("a.md", "text"u8.ToArray());
        SourceDocument[] documents =
        [
            new("a.md", "text"),
            SourceDocument.FromStream("a.md", _ => Task.FromResult<Stream>(new MemoryStream("text"u8.ToArray()))),
            SourceDocument.FromFile(Path.Combine(_folder, "a.md")),
            Assert.Single(SourceDocument.FromFolder(_folder)),
        ];

        foreach (SourceDocument document in documents)
        {
            List<string> tags = ["one"];
            SourceDocument tagged = document.WithMetadata(new() { Tags = tags });
            tags.Add("two");

            Assert.Same(DocumentMetadata.None, document.Metadata);
            Assert.Equal(["one"], tagged.Metadata.Tags);
            Assert.Equal((document.Source, "text"), (tagged.Source, await tagged.ReadTextAsync()));
        }
    }

    [Theory]
    [InlineData("ann", "'ann' is not written key=value")]
    [InlineData("=ann", "'=ann' is not written key=value")]
    public void WithMetadata_PropertyWithoutAKey_IsRefused(string property, string expected)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new SourceDocument("a.md", "text").WithMetadata(new() { Properties = [property] }));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SourceDocument("a.md", "text").WithMetadata(new() { Tags = [" "] }));
    }

    public static TheoryData<string> EncodingNames => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory]
    [MemberData(nameof(EncodingNames))]
    public async Task ReadTextAsync_ByteOrderMark_ChoosesEncodingAndIsLeftOut(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        string path = Write("a.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("héllo 😀\r\n")]);

        Assert.Equal("héllo 😀\r\n", await SourceDocument.FromFile(path).ReadTextAsync());
    }

    [Fact]
    public async Task ReadTextAsync_NoMark_ReadsUtf8()
    {
        string path = Write("a.txt", "héllo"u8.ToArray());

        Assert.Equal("héllo", await SourceDocument.FromFile(path).ReadTextAsync());
    }

    [Fact]
    public async Task ReadTextAsync_InvalidBytes_NamesFileAndPlace()
    {
        string path = Write("bad.txt", [0xEF, 0xBB, 0xBF, (byte)'a', 0xFF, (byte)'b']);

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(async () => await SourceDocument.FromFile(path).ReadTextAsync());

        Assert.Contains("bad.txt", exception.Message, StringComparison.Ordinal);
        Assert.Contains("offset 4", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_NestedFiles_AreNamedAndOrderedOrdinally()
    {
        Write("b.md", []);
        Write("B.md", []);
        Write("sub/a.txt", []);
        Write("sub/deep/c.MD", []);
        Write("image.png", []);
        Write(".hidden/d.md", []);

        Assert.Equal(["B.md", "b.md", "image.png", "sub/a.txt", "sub/deep/c.MD"], SourceDocument.FromFolder(_folder).Select(document => document.Source));
        Assert.Equal(["sub/a.txt"], SourceDocument.FromFolder(_folder, "*.txt").Select(document => document.Source));
    }

    [Fact]
    public void FromFolder_NoFolder_SaysWhatToCheck()
    {
        string missing = Path.Combine(_folder, "missing");

        DirectoryNotFoundException refusal = Assert.Throws<DirectoryNotFoundException>(() => SourceDocument.FromFolder(missing));

        Assert.StartsWith($"There is no folder '{missing}' to read documents from", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFolder_NoFolderOfARelativePath_SaysWhereItWasLookedFor()
    {
        DirectoryNotFoundException refusal = Assert.Throws<DirectoryNotFoundException>(() => SourceDocument.FromFolder("no-such-folder"));

        Assert.Contains($"which is '{Path.GetFullPath("no-such-folder")}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Constructor_BlankSource_Throws(string? source) => Assert.ThrowsAny<ArgumentException>(() => new SourceDocument(source!, "text"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
