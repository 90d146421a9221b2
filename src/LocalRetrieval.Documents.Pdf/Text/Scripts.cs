using System.Globalization;
using System.Text;

namespace LocalRetrieval.Documents.Text;

/// <summary>What scripts mean for the text of a line.</summary>
internal static class Scripts
{
    /// <summary>Whether a sign is of a script that is written without spaces: Chinese and Japanese, with their punctuation.</summary>
    public static bool IsUnspaced(Rune sign) => sign.Value is
        (>= 0x2E80 and <= 0x30FF) or (>= 0x3105 and <= 0x312F) or (>= 0x31A0 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Whether a sign is of a script that runs from right to left.</summary>
    public static bool IsRightToLeft(Rune sign) => sign.Value is
        (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>Whether the text's last sign and the next text's first one take no space between them.</summary>
    public static bool JoinsWithoutSpace(ReadOnlySpan<char> text, ReadOnlySpan<char> next) =>
        Rune.DecodeLastFromUtf16(text, out Rune last, out _) == System.Buffers.OperationStatus.Done
        && Rune.DecodeFromUtf16(next, out Rune first, out _) == System.Buffers.OperationStatus.Done
        && IsUnspaced(last) && IsUnspaced(first);

    /// <summary>Whether a text ends as a sentence does, perhaps with a quote or bracket behind.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> body = text.TrimEnd().TrimEnd("\"'”’»)]）」』¹²³⁴⁵⁶⁷⁸⁹⁰");
        return !body.IsEmpty && (body[^1] is '.' or '!' or '?' or ':' or ';' or '…' or '。' or '！' or '？' or '：' or '；' or '．' or '؟' or '۔' or '।');
    }

    /// <summary>Whether a text starts as the middle of a sentence does: with a small letter, or one of a script without capitals.</summary>
    public static bool StartsInSentence(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune first, out _);
        return Rune.GetUnicodeCategory(first) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter;
    }
}
