using System.Buffers;
using System.Globalization;
using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Tells what a character does in a word.</summary>
internal static class CharacterClass
{
    private static readonly CharacterKind[] AsciiKinds = [.. Enumerable.Range(0, 128).Select(value => Classify(new Rune(value)))];

    public static CharacterKind Of(Rune rune) => rune.IsAscii ? AsciiKinds[rune.Value] : Classify(rune);

    /// <summary>What the first character of a text does; <see cref="CharacterKind.Other"/> where there is none.</summary>
    public static CharacterKind OfFirst(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out Rune rune, out _) == OperationStatus.Done ? Of(rune) : CharacterKind.Other;

    private static CharacterKind Classify(Rune rune) => rune.Value switch
    {
        '\'' or 0x2019 or 0x02BC => CharacterKind.Apostrophe,
        '.' or ',' => CharacterKind.DecimalPoint,

        // The byte order mark turned round, which is no character and cannot be normalised.
        0xFFFE => CharacterKind.Format,

        // Marks that choose a glyph and are no part of the spelling: the grapheme joiner, Mongolian and other variation selectors.
        0x034F or (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => CharacterKind.Format,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => IsUnspaced(rune.Value) ? CharacterKind.Unspaced : CharacterKind.Letter,
            UnicodeCategory.ConnectorPunctuation => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => CharacterKind.Digit,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Mark,
            UnicodeCategory.Format => CharacterKind.Format,
            _ => CharacterKind.Other,
        },
    };

    private static bool IsUnspaced(int value) => value switch
    {
        >= 0x0E00 and <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x109F => true, // Burmese
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x3005 and <= 0x30FF => true, // Hiragana, Katakana
        >= 0x31F0 and <= 0x31FF => true, // Katakana of Ainu
        >= 0x3400 and <= 0x9FFF => true, // Han
        >= 0xA9E0 and <= 0xA9FF => true, // Burmese, extended
        >= 0xAA60 and <= 0xAA7F => true, // Burmese, extended
        >= 0xAC00 and <= 0xD7A3 => true, // Hangul
        >= 0xF900 and <= 0xFAFF => true, // Han, compatibility
        >= 0x1AFF0 and <= 0x1B16F => true, // Kana, extended
        >= 0x20000 and <= 0x3FFFF => true, // Han, supplementary
        _ => false,
    };
}
