using System.Globalization;
using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>Tells what a character does in a word.</summary>
internal static class CharacterClass
{
    private static readonly CharacterKind[] AsciiKinds = [.. Enumerable.Range(0, 128).Select(value => Classify(new Rune(value)))];

    public static CharacterKind Of(Rune rune) => rune.IsAscii ? AsciiKinds[rune.Value] : Classify(rune);

    private static CharacterKind Classify(Rune rune) => rune.Value switch
    {
        '\'' or 0x2019 => CharacterKind.Apostrophe,
        '.' or ',' => CharacterKind.DecimalPoint,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => IsUnspaced(rune.Value) ? CharacterKind.Unspaced : CharacterKind.Letter,
            UnicodeCategory.ConnectorPunctuation => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Digit,
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
        >= 0xAC00 and <= 0xD7A3 => true, // Hangul
        >= 0xF900 and <= 0xFAFF => true, // Han, compatibility
        >= 0x1AFF0 and <= 0x1B16F => true, // Kana, extended
        >= 0x20000 and <= 0x3FFFF => true, // Han, supplementary
        _ => false,
    };
}
