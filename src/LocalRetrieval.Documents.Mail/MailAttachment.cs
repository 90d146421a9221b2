using LocalRetrieval.Rag;
using MimeKit;

namespace LocalRetrieval.Documents;

/// <summary>Writes an attachment under its name, by the reader that fits it.</summary>
internal static class MailAttachment
{
    public static async Task WriteAsync(MimePart part, DocumentContentBuilder builder, DocumentContext context, int level, CancellationToken cancellationToken)
    {
        string name = NameOf(part);
        using MemoryStream bytes = new();
        Stream decoded = context.Bound(part.Content?.Open() ?? Stream.Null);
        await using (decoded.ConfigureAwait(false))
        {
            await decoded.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        bytes.Position = 0;
        try
        {
            DocumentContent? content = await context.ReadNestedAsync(name, bytes, cancellationToken).ConfigureAwait(false);
            Write(name, part, content, builder, level);
        }
        catch (InvalidDataException exception)
        {
            builder.Warn($"The attachment '{name}' was left out. {exception.Message}");
        }
    }

    private static void Write(string name, MimePart part, DocumentContent? content, DocumentContentBuilder builder, int level)
    {
        if (content is null)
        {
            builder.Warn($"The attachment '{name}' ({part.ContentType.MimeType}) was left out: no reader claims it.");
            return;
        }

        foreach (DocumentWarning warning in content.Warnings)
        {
            builder.Warn($"In the attachment '{name}': {warning}");
        }

        if (content.Sections.Count == 0)
        {
            builder.Warn($"The attachment '{name}' gives no text: {content.EmptyReason ?? "it is empty"}.");
        }

        builder.AddHeading(level, name);
        builder.AddContent(level + 1, content);
    }

    /// <summary>The attachment's name without folders; one of its type where it has none.</summary>
    private static string NameOf(MimePart part)
    {
        string name = MailMetadata.Text(part.FileName?.Split('/', '\\')[^1]) ?? "attachment";
        return !name.Contains('.', StringComparison.Ordinal) && MimeTypes.TryGetExtension(part.ContentType.MimeType, out string? extension) ? name + extension : name;
    }
}
