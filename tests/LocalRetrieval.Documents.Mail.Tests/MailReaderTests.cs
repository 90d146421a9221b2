using System.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Mail.Tests;

public sealed class MailReaderTests
{
    [Fact]
    public async Task ReadAsync_Headers_AreMetadata()
    {
        DocumentMetadata metadata = (await MailReading.ReadAsync(MailReading.Head + "Cc: Carl <carl@example.org>\nMessage-ID: <1@x>\nKeywords: a, b\n\nHello")).Metadata;
        Assert.Equal(("Plans", "Ada"), (metadata.Title, metadata.Author));
        Assert.Equal(new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)), metadata.Published);
        Assert.Equal(["a", "b"], metadata.Tags);
        Assert.Equal(["from=Ada <ada@example.org>", "to=bob@example.org", "cc=Carl <carl@example.org>", "message-id=1@x"], metadata.Properties);
    }

    [Fact]
    public async Task ReadAsync_EncodedHeaders_AreDecoded()
    {
        DocumentMetadata metadata = (await MailReading.ReadAsync("From: =?utf-8?q?J=C3=BCrgen?= <j@x>\nSubject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\nMIME-Version: 1.0\n\nx")).Metadata;
        Assert.Equal(("日本", "Jürgen"), (metadata.Title, metadata.Author));
    }

    [Fact]
    public async Task ReadAsync_PlainText_IsUnderTheSubject()
    {
        DocumentContent content = await MailReading.ReadAsync(MailReading.Head + "\nOne\ntwo.\n\nThree.\n");
        Assert.Equal(["Plans"], MailReading.Paths(content));
        Assert.Equal(["One\ntwo.", "Three."], MailReading.Blocks(content));
    }

    [Theory]
    [InlineData("text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", "R3LDvMOfZQ==", "Grüße")]
    [InlineData("text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", "Gr=FC=DFe", "Grüße")]
    [InlineData("text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64", "8NLJ18XU", "Привет")]
    [InlineData("text/plain; charset=no-such\nContent-Transfer-Encoding: base64", "R3LDvMOfZQ==", "Grüße")]
    [InlineData("text/plain", "Gr\u00FC\u00DFe", "Grüße")]
    public async Task ReadAsync_Charset_IsDecoded(string type, string body, string expected) =>
        Assert.Equal([expected], MailReading.Blocks(await MailReading.ReadAsync($"{MailReading.Head}Content-Type: {type}\n\n{body}")));

    [Theory]
    [InlineData("New.\n-- \nAda\nAcme", new[] { "New." })]
    [InlineData("New.\n-- \nAda\n\n> Old.", new[] { "New.", "> Old." })]
    [InlineData("On Monday Bob wrote:\n> Q1\n> more\n\nA1\n> Q2\nA2", new[] { "On Monday Bob wrote:", "> Q1\n> more", "A1", "> Q2", "A2" })]
    [InlineData("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nSigned.\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n", new[] { "Signed." })]
    [InlineData("Text.\n_______________________________________________\ndev mailing list\ndev@x\n", new[] { "Text." })]
    public async Task ReadAsync_QuotesAndSignatures_ArePartedFromTheText(string body, string[] expected) =>
        Assert.Equal(expected, MailReading.Blocks(await MailReading.ReadAsync(MailReading.Head + "\n" + body)));

    [Fact]
    public async Task ReadAsync_FormatFlowed_JoinsLines() =>
        Assert.Equal(
            ["One paragraph that flows.", "> quoted and flowing"],
            MailReading.Blocks(await MailReading.ReadAsync($"{MailReading.Head}Content-Type: text/plain; format=flowed\n\nOne paragraph \nthat \nflows.\n\n> quoted \n> and flowing\n")));

    [Fact]
    public async Task ReadAsync_Alternatives_TakesThePlainText() =>
        Assert.Equal(
            ["plain"],
            MailReading.Blocks(await MailReading.ReadAsync(MailReading.Multipart("alternative", "Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>html"))));

    [Theory]
    [InlineData("Content-Type: text/plain\n\n \n")]
    [InlineData("Content-Type: text/x-other\n\nother")]
    public async Task ReadAsync_NoPlainText_TakesHtml(string other) =>
        Assert.Equal(
            ["A title", "Hello world & more", "next\nline"],
            MailReading.Blocks(await MailReading.ReadAsync(MailReading.Multipart(
                "alternative",
                other,
                "Content-Type: text/html\n\n<html><head><title>t</title><style>p{}</style></head><body><h1>A title</h1><p>Hello <b>world</b>\n &amp; more<script>x()</script></p><div>next<br>line</div>"))));

    [Fact]
    public async Task ReadAsync_Html_IsReadByTheReaderOfHtml()
    {
        DocumentContent content = await MailReading.ReadAsync($"{MailReading.Head}Content-Type: text/html; charset=iso-8859-1\n\n<p>gr\u00FCn", null, new FakeHtmlReader());
        Assert.Equal(["read: <p>grün"], MailReading.Blocks(content));
        Assert.Equal(["Plans > Heading"], MailReading.Paths(content));
    }

    [Fact]
    public async Task ReadAsync_Appointment_IsLines()
    {
        DocumentContent content = await MailReading.ReadAsync(
            $"{MailReading.Head}Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nDTSTART:19700101T000000\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:Review\\, again\nDTSTART;TZID=\"a:b\":20240305T143000\nORGANIZER;CN=Ada:mailto:ada@x\nLOCATION:Room\n  4\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n");
        Assert.Equal(["Summary: Review, again\nStart: 2024-03-05 14:30\nOrganizer: Ada\nLocation: Room 4"], MailReading.Blocks(content));
    }

    [Fact]
    public async Task ReadAsync_AppointmentWithEscapes_IsWhatTheyStandFor()
    {
        DocumentContent content = await MailReading.ReadAsync(
            $"{MailReading.Head}Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:in C:\\\\new\\, or D:\\;\nEND:VEVENT\nEND:VCALENDAR\n");
        Assert.Equal(["Summary: in C:\\new, or D:;"], MailReading.Blocks(content));
    }

    [Fact]
    public async Task ReadAsync_Mailbox_GivesEachMailItsSection()
    {
        DocumentContent content = await MailReading.ReadAsync("From a@x Sat Feb  3 04:05:06 2024\nFrom: a@x\nSubject: First\n\none\n>From here\n\nFrom b@x Sat Feb  3 04:05:07 2024\nFrom: b@x\nSubject: Second\n\ntwo\n");
        Assert.Equal(["First", "Second"], MailReading.Paths(content));
        Assert.Contains("two", MailReading.Blocks(content));
        Assert.Null(content.Metadata.Title);
    }

    [Fact]
    public async Task ReadAsync_MailboxOfOneMail_IsThatMail()
    {
        DocumentContent content = await MailReading.ReadAsync("From a@x Sat Feb  3 04:05:06 2024\nFrom: a@x\nSubject: Only\n\none\n");
        Assert.Equal(("Only", "a@x"), (content.Metadata.Title, content.Metadata.Author));
        Assert.Equal(["one"], MailReading.Blocks(content));
    }

    [Theory]
    [InlineData("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n", "PGP")]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nAAAA", "S/MIME")]
    [InlineData("Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n", "PGP")]
    public async Task ReadAsync_Encrypted_IsRefusedByName(string mail, string kind)
    {
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => MailReading.ReadAsync(MailReading.Head + mail));
        Assert.Contains("mail.eml", exception.Message, StringComparison.Ordinal);
        Assert.Contains(kind, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("no headers at all")]
    [InlineData("\0\u0001\u0002")]
    public async Task ReadAsync_NoMail_IsRefusedOrEmptyWithReason(string text)
    {
        try
        {
            DocumentContent content = await MailReading.ReadAsync(text);
            Assert.True(content.Sections.Count > 0 || content.EmptyReason is not null);
        }
        catch (InvalidDataException exception)
        {
            Assert.Contains("mail.eml", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Received: by x\nFrom: a@x\nDate: now\n\nx", true)]
    [InlineData("From a@x Sat Feb  3 04:05:06 2024\nReceived: by x\n\nx", true)]
    [InlineData("From: a\nTo: b\n\nA dialogue.", false)]
    [InlineData("From here on it is prose.\n\nReally.", false)]
    [InlineData("---\ntitle: x\n---\n", false)]
    [InlineData("", false)]
    public void Matches_Start_TellsMails(string start, bool expected) =>
        Assert.Equal(expected, MailSignature.Matches(Encoding.UTF8.GetBytes(start)));

    [Fact]
    public async Task ReadAsync_Cancelled_Ends()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        using MemoryStream stream = new(Encoding.ASCII.GetBytes(MailReading.Head + "\nx"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MailReader.Instance.ReadAsync(stream, new DocumentContext("mail.eml"), source.Token));
    }
}
