using LocalRetrieval.Rag;
using MimeKit;
using MimeKit.Tnef;

namespace LocalRetrieval.Documents;

/// <summary>Writes mails: their texts, and what lies in them.</summary>
internal sealed class MailWriter(DocumentContentBuilder builder, DocumentContext context, CancellationToken cancellationToken)
{
    private readonly MailBody _body = new(builder, context, cancellationToken);
    private int _depth = context.Depth;

    /// <summary>Writes a mail that lies in another document under its subject.</summary>
    public async Task WriteMailAsync(MimeMessage mail, int level)
    {
        builder.AddHeading(level, MailMetadata.Text(mail.Subject) ?? "(no subject)");
        builder.AddParagraph(MailMetadata.Line(mail));
        await WriteBodyAsync(mail, level + 1).ConfigureAwait(false);
    }

    /// <summary>Writes a mail's text and attachments.</summary>
    public async Task WriteBodyAsync(MimeMessage mail, int level)
    {
        if (++_depth > context.Options.MaxDepth / 16)
        {
            throw new InvalidDataException(
                $"'{context.Source}' has more than {context.Options.MaxDepth / 16} mails in each other (at '{mail.Subject}'), a sixteenth of "
                    + $"{nameof(DocumentReadingOptions)}.{nameof(DocumentReadingOptions.MaxDepth)}. Raise it if the mail is to be trusted, or leave it out.");
        }

        await WriteAsync(mail.Body, level).ConfigureAwait(false);
        _depth--;
    }

    private async Task WriteAsync(MimeEntity? entity, int level)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (EncryptedPart.NameOf(entity) is { } encryption)
        {
            builder.Warn($"A part is encrypted with {encryption} and was left out; decrypt the mail in the mail program, and save it from there.");
            return;
        }

        switch (entity)
        {
            case MultipartAlternative alternative:
                await WriteAlternativeAsync(alternative, level).ConfigureAwait(false);
                break;
            case MultipartRelated related:
                await WriteRelatedAsync(related, level).ConfigureAwait(false);
                break;
            case Multipart multipart:
                await WriteAllAsync(multipart, level).ConfigureAwait(false);
                break;
            case MessagePart { Message: { } mail }:
                context.CountParts();
                await WriteMailAsync(mail, level).ConfigureAwait(false);
                break;
            case TnefPart tnef:
                await WriteTnefAsync(tnef, level).ConfigureAwait(false);
                break;
            case MimePart part:
                await WritePartAsync(part, level).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>What is related to a text is shown in it, images and styles, unless it is marked as an attachment.</summary>
    private async Task WriteRelatedAsync(MultipartRelated related, int level)
    {
        MimeEntity? root = related.Root is TextPart or Multipart ? related.Root : related.FirstOrDefault(entity => entity is TextPart or Multipart);
        await WriteAsync(root, level).ConfigureAwait(false);
        foreach (MimeEntity attachment in related.Where(entity => entity.IsAttachment && entity != root))
        {
            await WriteAsync(attachment, level).ConfigureAwait(false);
        }
    }

    /// <summary>The last part of a signed mail is the signature.</summary>
    private async Task WriteAllAsync(Multipart multipart, int level)
    {
        int count = multipart.ContentType.IsMimeType("multipart", "signed") ? Math.Min(multipart.Count, 1) : multipart.Count;
        for (int index = 0; index < count; index++)
        {
            await WriteAsync(multipart[index], level).ConfigureAwait(false);
        }
    }

    /// <summary>An invitation stands beside the text that announces it.</summary>
    private async Task WriteAlternativeAsync(MultipartAlternative alternative, int level)
    {
        await WriteAsync(await _body.ChooseAsync(alternative).ConfigureAwait(false), level).ConfigureAwait(false);
        foreach (MimeEntity entity in alternative.Where(entity => entity.ContentType.IsMimeType("text", "calendar")))
        {
            await WriteAsync(entity, level).ConfigureAwait(false);
        }
    }

    private async Task WritePartAsync(MimePart part, int level)
    {
        context.CountParts();
        if (part.Content is null)
        {
            return;
        }

        if (part is TextPart text && !part.IsAttachment && (part.FileName is null || text.IsPlain))
        {
            await _body.WriteTextAsync(text, level).ConfigureAwait(false);
        }
        else if (part.ContentType.IsMimeType("message", "delivery-status") || part.ContentType.IsMimeType("message", "disposition-notification"))
        {
            builder.AddLines(await _body.DecodeAsync(part).ConfigureAwait(false));
        }
        else if (!IsSignature(part))
        {
            await MailAttachment.WriteAsync(part, builder, context, level, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsSignature(MimePart part) =>
        part.ContentType.IsMimeType("application", "pgp-signature")
            || part.ContentType.IsMimeType("application", "pkcs7-signature")
            || part.ContentType.IsMimeType("application", "x-pkcs7-signature")
            || part.ContentType.IsMimeType("application", "pgp-keys");

    private async Task WriteTnefAsync(TnefPart part, int level)
    {
        context.CountParts();
        MimeMessage? mail = null;
        try
        {
            mail = part.ConvertToMessage();
        }
        catch (Exception exception) when (exception is TnefException or FormatException or ArgumentException or EndOfStreamException or InvalidOperationException)
        {
            builder.Warn($"The attachment '{part.FileName ?? "winmail.dat"}' is broken and was left out: {exception.Message}");
        }

        if (mail is not null)
        {
            await WriteBodyAsync(mail, level).ConfigureAwait(false);
        }
    }
}
