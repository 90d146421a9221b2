using System.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Mail.Tests;

public sealed class MailAttachmentTests
{
    private const string Text = "Content-Type: text/plain\n\nSee the plan.";

    [Fact]
    public async Task ReadAsync_Attachment_IsASectionUnderItsName()
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Multipart(
            "mixed",
            Text,
            "Content-Type: text/markdown; name=plan.md\nContent-Disposition: attachment; filename=plan.md\n\n# Goals\n\nShip.\n\n## Dates\n\nMay.",
            "Content-Type: text/plain; name=b.txt\nContent-Disposition: attachment; filename=b.txt\n\nMore."));
        Assert.Equal(["Plans", "Plans > plan.md > Goals", "Plans > plan.md > Goals > Dates", "Plans > b.txt"], MailReading.Paths(content));
        Assert.Equal(["See the plan.", "Ship.", "May.", "More."], MailReading.Blocks(content));
        Assert.Empty(content.Warnings);
    }

    [Theory]
    [InlineData("Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=", "a.png")]
    [InlineData("Content-Type: application/x-thing\nContent-Disposition: attachment; filename=\"../../x.thing\"\nContent-Transfer-Encoding: base64\n\nAAEC", "x.thing")]
    [InlineData("Content-Type: application/pgp-encrypted\n\nVersion: 1\n--bound\nContent-Type: multipart/encrypted; boundary=c\n\n--c\n\nx\n--c--", "PGP")]
    public async Task ReadAsync_UnreadableAttachment_IsAWarningThatNamesIt(string attachment, string name)
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Multipart("mixed", Text, attachment));
        Assert.Equal("See the plan.", MailReading.Blocks(content)[0]);
        Assert.Contains(content.Warnings, warning => warning.Message.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_SignedMail_LeavesTheSignatureOut()
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Multipart("signed", Text, "Content-Type: application/pgp-signature; name=signature.asc\n\nabc"));
        Assert.Equal(["See the plan."], MailReading.Blocks(content));
        Assert.Empty(content.Warnings);
    }

    [Fact]
    public async Task ReadAsync_RelatedImages_AreNoWarning()
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Multipart("related", "Content-Type: text/html\n\n<p>See", "Content-Type: image/png\nContent-ID: <1>\n\nx"));
        Assert.Equal(["See"], MailReading.Blocks(content));
        Assert.Empty(content.Warnings);
    }

    [Fact]
    public async Task ReadAsync_RelatedAttachmentAndTextBehindImage_AreRead()
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Multipart(
            "related", "Content-Type: image/png\n\nx", Text, "Content-Type: text/plain\nContent-Disposition: attachment; filename=b.txt\n\nMore."));
        Assert.Equal(["See the plan.", "More."], MailReading.Blocks(content));
    }

    [Fact]
    public async Task ReadAsync_MailInMail_IsASectionUnderItsSubject()
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Multipart("mixed", Text, "Content-Type: message/rfc822\n\nFrom: c@x\nSubject: Inner\n\ninside"));
        Assert.Equal(["Plans", "Plans > Inner"], MailReading.Paths(content));
        Assert.Contains("inside", MailReading.Blocks(content));
    }

    [Fact]
    public async Task ReadAsync_MailInMailInMail_IsRefusedBeyondTheDepth()
    {
        StringBuilder mail = new(MailReading.Head + "\ninnermost");
        for (int depth = 0; depth < 40; depth++)
        {
            mail.Insert(0, $"{MailReading.Head}Content-Type: message/rfc822\n\n");
        }

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => MailReading.ReadAsync(mail.ToString()));
        Assert.Contains("mail.eml", exception.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DocumentReadingOptions.MaxDepth), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ThousandsOfNestedMultiparts_EndsWithContentOrRefusal()
    {
        StringBuilder mail = new(MailReading.Head);
        for (int depth = 0; depth < 5000; depth++)
        {
            mail.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
        }

        try
        {
            Assert.NotNull(await MailReading.ReadAsync(mail.Append("\ninnermost").ToString()));
        }
        catch (InvalidDataException exception)
        {
            Assert.Contains("mail.eml", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ReadAsync_MorePartsThanAllowed_IsRefusedByName()
    {
        string[] parts = [.. Enumerable.Repeat("Content-Type: text/plain\n\nx", 50)];
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => MailReading.ReadAsync(MailReading.Multipart("mixed", parts), new DocumentReadingOptions { MaxParts = 20 }));
        Assert.Contains(nameof(DocumentReadingOptions.MaxParts), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_MoreBytesThanAllowed_IsRefusedByName()
    {
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(
            () => MailReading.ReadAsync(MailReading.Multipart("mixed", "Content-Type: text/plain\n\n" + new string('x', 5000)), new DocumentReadingOptions { MaxExpandedBytes = 1000 }));
        Assert.Contains(nameof(DocumentReadingOptions.MaxExpandedBytes), exception.Message, StringComparison.Ordinal);
    }
}
