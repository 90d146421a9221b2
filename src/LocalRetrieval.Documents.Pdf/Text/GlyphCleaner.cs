using System.Text;

namespace LocalRetrieval.Documents.Text;

/// <summary>Makes the text of a sign what people read: ligatures and presentation forms are spelt out, control characters go.</summary>
internal static class GlyphCleaner
{
    private const char SymbolBullet = '\uF0B7';

    /// <summary>The clean text; empty for a sign that has none.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (text.Length == 1 && text[0] is > ' ' and < '\u007F')
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Append(clean, rune);
        }

        return clean.ToString();
    }

    private static void Append(StringBuilder clean, Rune rune)
    {
        switch (rune.Value)
        {
            case SymbolBullet:
                clean.Append('•');
                break;
            case '\u00A0' or '\u3000' or '\t' or '\n' or '\r':
                clean.Append(' ');
                break;
            case (>= 0xFB00 and <= 0xFB06) or (>= 0xFB13 and <= 0xFB17) or (>= 0xFB1D and <= 0xFDFB) or (>= 0xFE70 and <= 0xFEFC):
                clean.Append(rune.ToString().Normalize(NormalizationForm.FormKC));
                break;
            case < ' ' or (>= 0x7F and < 0xA0) or 0x200B or (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or 0xFEFF or 0xFFFD or (>= 0xFFF0 and <= 0xFFFF):
                break;
            case (>= 0xE000 and <= 0xF8FF) or (>= 0xF0000 and <= 0x10FFFF):
                // Private signs mean nothing outside of their font.
                break;
            default:
                clean.Append(rune);
                break;
        }
    }
}
