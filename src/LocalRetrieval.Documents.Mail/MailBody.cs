using System.Text;
using LocalRetrieval.Rag;
using MimeKit;

namespace LocalRetrieval.Documents;

/// <summary>Writes the text of a mail.</summary>
internal sealed class MailBody(DocumentContentBuilder builder, DocumentContext context, CancellationToken cancellationToken)
{
    /// <summary>A plain text of fewer characters is likely to say no more than that there is an HTML one.</summary>
    private const int ShortText = 200;

    // A part that is weighed against another is decoded, and counted, once.
    private readonly Dictionary<MimePart, string> _texts = [];

    private readonly bool _hasHtmlReader = context.Readers.Formats.Any(format => format.Extensions.Contains(".html", StringComparer.OrdinalIgnoreCase));

    /// <summary>The alternative to read: the plain text, unless it only points to another.</summary>
    public async Task<MimeEntity?> ChooseAsync(MultipartAlternative alternative)
    {
        MimeEntity? rich = alternative.LastOrDefault(entity => entity is Multipart or TextPart { IsHtml: true });
        if (alternative.OfType<TextPart>().FirstOrDefault(part => part.IsPlain && part.Content is not null) is not { } plain)
        {
            return rich ?? alternative.FirstOrDefault(entity => !entity.ContentType.IsMimeType("text", "calendar"));
        }

        string text = (await DecodeAsync(plain).ConfigureAwait(false)).Trim();
        bool isPointer = text.Length == 0 || (text.Length < ShortText && rich is TextPart { Content: not null } html && (await DecodeAsync(html).ConfigureAwait(false)).Length > 100 * ShortText);
        return isPointer && rich is not null ? rich : plain;
    }

    /// <summary>Writes a text part: plain, HTML, or an appointment.</summary>
    public async Task WriteTextAsync(TextPart part, int level)
    {
        string text = await DecodeAsync(part).ConfigureAwait(false);
        if (part.IsHtml)
        {
            await WriteHtmlAsync(text, level).ConfigureAwait(false);
        }
        else if (part.ContentType.IsMimeType("text", "calendar"))
        {
            builder.AddLines(CalendarText.Of(text));
        }
        else if (!part.ContentType.IsMimeType("text", "rfc822-headers"))
        {
            MailText.Write(text, part, builder, cancellationToken);
        }
    }

    /// <summary>A part's text, in its own encoding or else UTF-8 or Latin-1.</summary>
    public async Task<string> DecodeAsync(MimePart part)
    {
        if (!_texts.TryGetValue(part, out string? text))
        {
            _texts[part] = text = await DecodeOnceAsync(part).ConfigureAwait(false);
        }

        return text;
    }

    private async Task<string> DecodeOnceAsync(MimePart part)
    {
        using MemoryStream bytes = new();
        Stream decoded = context.Bound(part.Content?.Open() ?? Stream.Null);
        await using (decoded.ConfigureAwait(false))
        {
            await decoded.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        ReadOnlySpan<byte> all = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        Encoding encoding = part.ContentType.CharsetEncoding is { } named && named.CodePage != Encoding.ASCII.CodePage ? named
            : System.Text.Unicode.Utf8.IsValid(all) ? Encoding.UTF8
            : Encoding.Latin1;
        return encoding.GetString(all).TrimStart('\uFEFF');
    }

    private async Task WriteHtmlAsync(string html, int level)
    {
        if (!_hasHtmlReader)
        {
            StrippedHtml.Write(html, builder, cancellationToken);
            return;
        }

        // Marked, so that what the page says of its encoding does not count: the mail has decoded it.
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes('\uFEFF' + html));
        if (await context.ReadNestedAsync("text.html", bytes, cancellationToken).ConfigureAwait(false) is { } content)
        {
            builder.AddContent(level, content);
        }
    }
}
