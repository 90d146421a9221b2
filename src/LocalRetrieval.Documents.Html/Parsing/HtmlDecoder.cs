using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AngleSharp.Text;
using LocalRetrieval.Rag;

namespace LocalRetrieval.Documents;

/// <summary>Decodes a page's bytes: by a mark, by what the page says of itself, or else as any text.</summary>
internal static partial class HtmlDecoder
{
    private const int MaxDeclarationStart = 4096;

    /// <summary>So many bytes beyond ASCII are not UTF-8 by chance.</summary>
    private const int LeastUtf8 = 16;

    // Before the parser's list of encodings is made, which takes UTF-8 for each that is not offered then.
    static HtmlDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The page's text.</summary>
    /// <exception cref="InvalidDataException">Some bytes are no text of the encoding.</exception>
    public static async Task<string> DecodeAsync(Stream stream, DocumentContext context, CancellationToken cancellationToken)
    {
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        if (Declared(copy) is { } encoding)
        {
            return encoding.GetString(copy.GetBuffer(), 0, (int)copy.Length);
        }

        copy.Position = 0;
        DocumentContent content = await PlainTextReader.Instance.ReadAsync(copy, context, cancellationToken).ConfigureAwait(false);
        return content.Text;
    }

    /// <summary>The encoding that the page itself names, where it is not to be doubted; null where it is told from the bytes.</summary>
    private static Encoding? Declared(MemoryStream bytes)
    {
        ReadOnlySpan<byte> all = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        string start = Encoding.Latin1.GetString(all[..Math.Min(all.Length, MaxDeclarationStart)]);
        if (start.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) || start.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        Match match = FirstDeclaration(start);
        string label = match.Groups["label"].Value;
        if (!match.Success || !TextEncoding.IsSupported(label))
        {
            return null;
        }

        // A page in ASCII that says UTF-16 is not.
        Encoding encoding = TextEncoding.Resolve(label);
        return encoding.IsUnicode() || encoding is UTF8Encoding || IsConverted(all, encoding) ? null : encoding;
    }

    /// <summary>Whether a page was saved as UTF-8 and its head not changed: so much valid UTF-8 is no accident, and none is in Windows-1252.</summary>
    private static bool IsConverted(ReadOnlySpan<byte> all, Encoding declared) =>
        Utf8.IsValid(all) && (declared.CodePage == TextEncoding.Windows1252.CodePage || CountNonAscii(all) >= LeastUtf8);

    private static int CountNonAscii(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        foreach (byte value in bytes)
        {
            count += value >> 7;
        }

        return count;
    }

    private static Match FirstDeclaration(string start)
    {
        Match match = DeclarationOrComment().Match(start);
        while (match.Success && !match.Groups["label"].Success)
        {
            match = match.NextMatch();
        }

        return match;
    }

    [GeneratedRegex(
        @"<!--.*?(?:-->|\z)|(?:<\?xml\s[^>]{0,200}?\bencoding\s*=|<meta\s[^>]{0,500}?\bcharset\s*=)\s*[""']?\s*(?<label>[\w.:+-]+)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex DeclarationOrComment();
}
