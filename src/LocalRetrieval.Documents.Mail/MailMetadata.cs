using LocalRetrieval.Rag;
using MimeKit;

namespace LocalRetrieval.Documents;

/// <summary>What a mail's headers say.</summary>
internal static class MailMetadata
{
    public static DocumentMetadata Read(MimeMessage mail) => new()
    {
        Title = Text(mail.Subject),
        Author = Names(mail.From) ?? (mail.Sender is null ? null : Name(mail.Sender)),
        Published = Published(mail),
        Language = Text(mail.Headers[HeaderId.ContentLanguage])?.Split(',')[0].Trim(),
        Tags = [.. (mail.Headers[HeaderId.Keywords] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Properties =
        [
            .. Addresses("from", mail.From),
            .. Addresses("to", mail.To),
            .. Addresses("cc", mail.Cc),
            .. Property("message-id", mail.MessageId),
            .. Property("in-reply-to", mail.InReplyTo),
            .. Property("list-id", mail.Headers[HeaderId.ListId]),
        ],
    };

    /// <summary>Who wrote when to whom, for a mail whose headers are no metadata of the document.</summary>
    public static string Line(MimeMessage mail)
    {
        string?[] parts =
        [
            Names(mail.From) is { } from ? $"From: {from}" : null,
            Names(mail.To) is { } to ? $"To: {to}" : null,
            Published(mail) is { } date ? $"Date: {date:yyyy-MM-dd HH:mm zzz}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    public static string? Text(string? text) =>
        text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line : null;

    private static DateTimeOffset? Published(MimeMessage mail) => mail.Date == DateTimeOffset.MinValue ? null : mail.Date;

    private static string? Names(InternetAddressList addresses) =>
        string.Join(", ", addresses.Mailboxes.Select(Name)) is { Length: > 0 } names ? names : null;

    private static string Name(MailboxAddress address) => Text(address.Name) ?? address.Address;

    private static IEnumerable<string> Addresses(string key, InternetAddressList addresses) =>
        addresses.Mailboxes.Select(address => $"{key}={(Text(address.Name) is { } name ? $"{name} <{address.Address}>" : address.Address)}");

    private static IEnumerable<string> Property(string key, string? value) => Text(value) is { } text ? [$"{key}={text}"] : [];
}
