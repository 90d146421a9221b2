using System.Text;
using LocalRetrieval.Documents.Office.Tests.Fixtures;
using LocalRetrieval.Rag;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Documents.Office.Tests;

public sealed class HostileFileTests
{
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static TheoryData<IDocumentReader> Readers => [WordReader.Instance, PowerPointReader.Instance, ExcelReader.Instance];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task ReadAsync_ProtectedFile_SaysSo(IDocumentReader reader)
    {
        InvalidDataException refusal = await RefusedAsync(reader, [.. CompoundFile, .. new byte[504], .. Encoding.Unicode.GetBytes("EncryptedPackage")]);

        Assert.Contains("password", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task ReadAsync_OldFormat_SaysHowToSaveIt(IDocumentReader reader)
    {
        InvalidDataException refusal = await RefusedAsync(reader, [.. CompoundFile, .. new byte[504]]);

        Assert.Contains(".docx", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task ReadAsync_AnyTruncation_IsRefusedByName(IDocumentReader reader)
    {
        byte[] whole = FileOf(reader).ToBytes();
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 50))
        {
            await RefusedAsync(reader, whole[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task ReadAsync_AnyDamage_IsReadOrRefused(IDocumentReader reader)
    {
        byte[] whole = FileOf(reader).ToBytes();
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] damaged = [.. whole];
            for (int count = 0; count < 4; count++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                await reader.ReadAsync(damaged);
            }
            catch (InvalidDataException refusal)
            {
                Assert.Contains("'a file'", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task ReadAsync_Bomb_IsRefusedBeforeItIsExpanded()
    {
        OfficeFile bomb = WordFile.Create(WordFile.P(new string('a', 4 << 20)));

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(
            () => WordReader.Instance.ReadAsync(bomb, new DocumentReadingOptions { MaxExpandedBytes = 1 << 20 }));

        Assert.Contains("MaxExpandedBytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_DeepTables_AreRefusedOrRead()
    {
        string nested = WordFile.P("deep");
        for (int depth = 0; depth < 2000; depth++)
        {
            nested = $"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>";
        }

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => WordReader.Instance.ReadAsync(WordFile.Create(nested)));

        Assert.Contains("'a file'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Entities_AreRefused()
    {
        OfficeFile file = new();
        file.Add(
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>",
            "",
            "officeDocument");

        await RefusedAsync(WordReader.Instance, file.ToBytes());
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task ReadAsync_Cancelled_Throws(IDocumentReader reader) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(FileOf(reader).ToBytes(), options: null, new CancellationToken(canceled: true)));

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task ReadAsync_SeveralAtOnce_GiveTheSame(IDocumentReader reader)
    {
        byte[] bytes = FileOf(reader).ToBytes();
        DocumentContent[] contents = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => reader.ReadAsync(bytes)))).OrHang();

        Assert.Single(contents.Select(content => content.Text).Distinct());
        Assert.NotEmpty(contents[0].Sections);
    }

    private static OfficeFile FileOf(IDocumentReader reader) => reader switch
    {
        WordReader => WordFile.Create(WordFile.P("One", "berschrift1") + WordFile.P("a") + $"<w:tbl>{WordFile.Row("A", "B")}{WordFile.Row("1", "2")}</w:tbl>"),
        PowerPointReader => PowerPointFile.Create(PowerPointFile.Slide(PowerPointFile.Shape("title", "One") + PowerPointFile.Shape("body", "a", "b"))),
        _ => ExcelFile.Create(("One", ExcelFile.Row(1, "A", "B") + ExcelFile.Row(2, "1", "2"))),
    };

    private static async Task<InvalidDataException> RefusedAsync(IDocumentReader reader, byte[] bytes)
    {
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => reader.ReadAsync(bytes));
        Assert.Contains("'a file'", refusal.Message, StringComparison.Ordinal);
        return refusal;
    }
}
