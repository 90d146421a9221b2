namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>Where in a text a character is, by its number; asked in ascending order.</summary>
/// <param name="text">Well-formed UTF-16.</param>
/// <param name="isOneUnitEach">Whether no character has two units.</param>
internal ref struct CharacterPositions(ReadOnlySpan<char> text, bool isOneUnitEach)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _character;
    private int _unit;

    /// <summary>The UTF-16 offset of the character of that number, which is that of the call before or a later one.</summary>
    public int MoveTo(int character)
    {
        if (isOneUnitEach)
        {
            return character;
        }

        for (; _character < character; _character++)
        {
            _unit += char.IsHighSurrogate(_text[_unit]) ? 2 : 1;
        }

        return _unit;
    }
}
