using MimeKit;

namespace LocalRetrieval.Documents;

/// <summary>Tells what of a mail is encrypted, or wrapped so that only a mail program opens it.</summary>
internal static class EncryptedPart
{
    /// <summary>The name of what it is encrypted with; null where it is not.</summary>
    public static string? NameOf(MimeEntity? entity) =>
        entity is null ? null
        : entity.ContentType.IsMimeType("multipart", "encrypted") ? "PGP"
        : entity.ContentType.IsMimeType("application", "pkcs7-mime") || entity.ContentType.IsMimeType("application", "x-pkcs7-mime")
            ? entity.ContentType.Parameters["smime-type"] is "signed-data" or "compressed-data" ? "S/MIME (a signature around its text)" : "S/MIME"
        : entity is TextPart { Content: not null } text && IsArmored(text) ? "PGP"
        : null;

    private static bool IsArmored(TextPart part)
    {
        using Stream decoded = part.Content?.Open() ?? Stream.Null;
        byte[] start = new byte[256];
        int length = decoded.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start.AsSpan(0, length).TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN PGP MESSAGE-----"u8);
    }
}
