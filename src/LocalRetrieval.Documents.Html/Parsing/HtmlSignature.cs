using System.Text;

namespace LocalRetrieval.Documents;

/// <summary>Whether bytes start as a page does.</summary>
internal static class HtmlSignature
{
    /// <summary>Whether a document type of HTML, or its element, is what stands first behind marks, white space, comments and declarations of XML.</summary>
    public static bool Matches(ReadOnlySpan<byte> start)
    {
        // Without its NULs, UTF-16 and UTF-32 are ASCII as far as markup goes.
        ReadOnlySpan<char> text = Encoding.Latin1.GetString(start).Replace("\0", "", StringComparison.Ordinal);
        text = text.TrimStart("\u00EF\u00BB\u00BF\u00FE\u00FF");
        while (true)
        {
            text = text.TrimStart();
            if (text.StartsWith("<!--", StringComparison.Ordinal))
            {
                text = Behind(text, "-->");
            }
            else if (text.StartsWith("<?", StringComparison.Ordinal))
            {
                text = Behind(text, ">");
            }
            else
            {
                return IsTag(text, "<!doctype html") || IsTag(text, "<html");
            }
        }
    }

    private static ReadOnlySpan<char> Behind(ReadOnlySpan<char> text, string end)
    {
        int index = text.IndexOf(end, StringComparison.Ordinal);
        return index < 0 ? [] : text[(index + end.Length)..];
    }

    private static bool IsTag(ReadOnlySpan<char> text, string tag) =>
        text.StartsWith(tag, StringComparison.OrdinalIgnoreCase)
            && text.Length > tag.Length
            && (text[tag.Length] == '>' || char.IsWhiteSpace(text[tag.Length]));
}
