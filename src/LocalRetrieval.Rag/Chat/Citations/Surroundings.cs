using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What stands before a bracket: whether it is the subscript of a name, of a call or of another subscript.</summary>
/// <param name="citesAfterWords">Whether plain words are followed by markers rather than subscripts.</param>
internal sealed class Surroundings(bool citesAfterWords)
{
    private Before _before;
    private bool _wordHasLetter;

    // Whether each parenthesis that is open follows a name, the innermost in the lowest bit.
    private ulong _calls;

    private enum Before
    {
        Other,
        Word,
        Call,
        Bracket,
        Marker,
    }

    /// <summary>Whether a bracket that follows opens a subscript.</summary>
    public bool MakeSubscript(char bracket) => bracket == '[' && _before switch
    {
        Before.Word => _wordHasLetter && !citesAfterWords,
        Before.Call or Before.Bracket => true,
        _ => false,
    };

    /// <summary>What was read last was a marker.</summary>
    public void EndMarker() => _before = Before.Marker;

    public void Read(char character)
    {
        bool isName = IsOfName(character);
        _wordHasLetter = isName && (_before == Before.Word ? _wordHasLetter || !char.IsAsciiDigit(character) : !char.IsAsciiDigit(character));
        bool isCall = false;
        if (character == '(')
        {
            _calls = (_calls << 1) | (_before is Before.Word or Before.Bracket ? 1UL : 0);
        }
        else if (character == ')')
        {
            isCall = (_calls & 1) == 1;
            _calls >>= 1;
        }

        _before = isName ? Before.Word
            : isCall ? Before.Call
            : character is ']' or '}' ? Before.Bracket
            : Before.Other;
    }

    /// <summary>Letters of scripts that put no space between words end a sentence, not a name.</summary>
    private static bool IsOfName(char character) =>
        character is '_' or '$' || char.IsDigit(character)
        || (char.IsLetter(character) && CharUnicodeInfo.GetUnicodeCategory(character) is not UnicodeCategory.OtherLetter);
}
