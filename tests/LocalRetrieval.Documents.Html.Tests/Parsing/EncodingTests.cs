using System.Text;

namespace LocalRetrieval.Documents.Html.Tests.Parsing;

public sealed class EncodingTests
{
    [Theory]
    [InlineData("shift_jis", "<meta charset=shift_jis>", "日本語のページ")]
    [InlineData("gb18030", "<meta http-equiv='Content-Type' content='text/html; charset=gb2312'>", "中文页面")]
    [InlineData("windows-1251", "<!-- <meta charset=utf-8> --><meta charset='windows-1251'>", "Привет")]
    [InlineData("iso-8859-2", "<?xml version='1.0' encoding='iso-8859-2'?>", "Žluťoučký")]
    [InlineData("windows-1252", "<meta charset=iso-8859-1>", "naïve “quotes”")]
    [InlineData("utf-8", "<meta charset=iso-8859-1>", "naïve “quotes”")]
    [InlineData("utf-8", "<meta charset=gb2312>", "一个以其他编码保存的页面")]
    [InlineData("utf-8", "<meta charset=utf-16>", "naïve")]
    [InlineData("utf-8", "<meta charset=no-such-thing>", "naïve")]
    [InlineData("utf-8", "", "naïve 日本")]
    public async Task ReadAsync_DeclaredEncoding_IsRead(string encoding, string declaration, string text)
    {
        // Not registered here: the reader has to.
        byte[] page = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes($"{declaration}<title>x</title><p>{text}</p>");
        Assert.Equal([text], PageReading.Blocks(await PageReading.ReadAsync(page)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task ReadAsync_Mark_OutweighsTheDeclaration(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] page = [.. encoding.GetPreamble(), .. encoding.GetBytes("<meta charset=shift_jis><p>naïve 日本</p>")];
        Assert.Equal(["naïve 日本"], PageReading.Blocks(await PageReading.ReadAsync(page)));
    }

    [Fact]
    public async Task ReadAsync_DamagedBytes_AreRefusedByName()
    {
        byte[] page = [.. "<p>naïve "u8, 0xFF, .. "</p>"u8];
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => PageReading.ReadAsync(page));
        Assert.Contains("page.html", exception.Message, StringComparison.Ordinal);
    }
}
