using System.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents.Mail.Tests;

/// <summary>Reads mails that tests write.</summary>
internal static class MailReading
{
    /// <summary>The headers that a mail of a test starts with.</summary>
    public const string Head = "From: Ada <ada@example.org>\r\nTo: bob@example.org\r\nSubject: Plans\r\nDate: Sat, 3 Feb 2024 04:05:06 +0100\r\nMIME-Version: 1.0\r\n";

    public static Task<DocumentContent> ReadAsync(string mail, DocumentReadingOptions? options = null, params IDocumentReader[] readers) =>
        ReadAsync(Encoding.Latin1.GetBytes(Lines(mail)), options, readers);

    public static async Task<DocumentContent> ReadAsync(byte[] mail, DocumentReadingOptions? options = null, params IDocumentReader[] readers)
    {
        using MemoryStream stream = new(mail);
        DocumentContext context = new("mail.eml", options) { Readers = new DocumentReaders([PlainTextReader.Instance, MarkdownReader.Instance, MailReader.Instance, .. readers]) };
        return await MailReader.Instance.ReadAsync(stream, context);
    }

    /// <summary>The texts of all blocks.</summary>
    public static string[] Blocks(DocumentContent content) =>
        [.. content.Sections.SelectMany(section => section.Blocks).Select(block => content.Text.Substring(block.Offset, block.Length))];

    /// <summary>The heading paths of all sections, empty where there is none.</summary>
    public static string[] Paths(DocumentContent content) => [.. content.Sections.Select(section => section.HeadingPath ?? "")];

    /// <summary>A mail of several parts, each with its headers.</summary>
    public static string Multipart(string kind, params string[] parts) =>
        $"{Head}Content-Type: multipart/{kind}; boundary=bound\r\n\r\n" + string.Concat(parts.Select(part => $"--bound\r\n{part}\r\n")) + "--bound--\r\n";

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
