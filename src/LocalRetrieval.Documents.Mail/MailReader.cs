using System.Text;
using LocalRetrieval.Rag;
using MimeKit;

namespace LocalRetrieval.Documents;

/// <summary>
/// Reads mails and mailboxes: the subject as title, the text without its signature, quoted text as blocks of its own, and attachments, by the
/// readers that fit them, as sections under their names.
/// </summary>
/// <remarks>
/// <para>Of alternatives the plain text is read, or else the HTML, by the reader of HTML among <see cref="DocumentContext.Readers"/>, or
/// without its tags where there is none. Each mail of a mailbox is a section under its subject. An encrypted mail is refused; what is
/// encrypted in a mail, and an attachment that cannot be read or has no reader, is a warning.</para>
/// <para>Nothing is fetched. Safe for concurrent use.</para>
/// </remarks>
public sealed class MailReader : IDocumentReader
{
    // Mails are still written in the encodings of their time, which the platform has and does not offer by itself.
    static MailReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The reader.</summary>
    public static MailReader Instance { get; } = new();

    /// <inheritdoc />
    public ReaderFormat Format { get; } = new()
    {
        Name = "mail",
        Extensions = [".eml", ".mbox"],
        Matches = sample => MailSignature.Matches(sample.Start.Span),
    };

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="context"/> is null.</exception>
    public async Task<DocumentContent> ReadAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        bool isMailbox = await MailSignature.IsMailboxAsync(stream, cancellationToken).ConfigureAwait(false);
        ParserOptions options = new() { MaxMimeDepth = context.Options.MaxDepth };
        MimeParser parser = new(options, stream, isMailbox ? MimeFormat.Mbox : MimeFormat.Entity, persistent: true);
        try
        {
            return await ReadAsync(parser, context, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException(
                $"'{context.Source}' is no mail: {exception.Message.TrimEnd('.')}, near byte {parser.Position}. Export it anew as .eml or .mbox.", exception);
        }
    }

    /// <summary>A mailbox of one mail is that mail.</summary>
    private static async Task<DocumentContent> ReadAsync(MimeParser parser, DocumentContext context, CancellationToken cancellationToken)
    {
        using MimeMessage mail = await parser.ParseMessageAsync(cancellationToken).ConfigureAwait(false);
        if (!parser.IsEndOfStream)
        {
            return await ReadMailboxAsync(mail, parser, context, cancellationToken).ConfigureAwait(false);
        }

        if (EncryptedPart.NameOf(mail.Body) is { } encryption)
        {
            throw new InvalidDataException($"'{context.Source}' is encrypted with {encryption}. Decrypt it in the mail program, and save it from there.");
        }

        DocumentContentBuilder builder = new(context, MailMetadata.Read(mail)) { EmptyReason = "it has no text, and no attachment that can be read" };
        await new MailWriter(builder, context, cancellationToken).WriteBodyAsync(mail, level: 1).ConfigureAwait(false);
        return builder.Build();
    }

    private static async Task<DocumentContent> ReadMailboxAsync(MimeMessage first, MimeParser parser, DocumentContext context, CancellationToken cancellationToken)
    {
        DocumentContentBuilder builder = new(context);
        MailWriter writer = new(builder, context, cancellationToken);
        await writer.WriteMailAsync(first, level: 1).ConfigureAwait(false);
        while (!parser.IsEndOfStream)
        {
            context.CountParts();
            using MimeMessage mail = await parser.ParseMessageAsync(cancellationToken).ConfigureAwait(false);
            await writer.WriteMailAsync(mail, level: 1).ConfigureAwait(false);
        }

        return builder.Build();
    }
}
