using System.Text;

namespace LocalRetrieval.VectorData.Keyword;

/// <summary>A run of letters, digits and what joins them, in lower case, with the places where it can be taken apart.</summary>
internal ref struct Compound(Span<char> buffer, Span<Joint> joints)
{
    /// <summary>The characters after which a run is cut.</summary>
    public const int MaxLength = 255;

    private const int CombiningDot = 0x307;

    private readonly Span<char> _buffer = buffer;
    private readonly Span<Joint> _joints = joints;
    private int _length;
    private Rune _last;
    private CharacterKind _lastKind;

    public readonly ReadOnlySpan<char> Text => _buffer[.._length];

    /// <summary>What each character of <see cref="Text"/> is to the parts.</summary>
    public readonly ReadOnlySpan<Joint> Joints => _joints[.._length];

    /// <summary>Reads the compound that a text starts with: a letter, a digit, or a point before a letter.</summary>
    /// <returns>How many characters of <paramref name="text"/> it takes.</returns>
    public int Read(ReadOnlySpan<char> text)
    {
        _length = 0;
        _last = default;
        _lastKind = CharacterKind.Other;
        int read = 0;
        if (text[0] == '.')
        {
            Append('.', Joint.Dot);
            read = 1;
        }

        while (read < text.Length && _length < MaxLength)
        {
            int taken = ReadNext(text[read..]);
            if (taken == 0)
            {
                break;
            }

            read += taken;
        }

        return read;
    }

    private int ReadNext(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
        CharacterKind kind = CharacterClass.Of(rune);
        switch (kind)
        {
            case CharacterKind.Letter or CharacterKind.Digit:
                AppendCharacter(rune, kind, text[consumed..]);
                return consumed;
            case CharacterKind.Mark:
                AppendMark(rune);
                return consumed;
            default:
                return ReadJoint(text, rune, kind, consumed);
        }
    }

    private void AppendCharacter(Rune rune, CharacterKind kind, ReadOnlySpan<char> following)
    {
        Joint joint = rune.Value == '_' ? Joint.Underscore : StartsPart(rune, following) ? Joint.Start : Joint.None;
        Rune folded = rune.Value switch
        {
            // Both Turkish letters: the dotted one has no lower case of one character elsewhere, and people type either as i.
            0x130 or 0x131 => new Rune('i'),
            _ => TextFolding.FoldCase(rune),
        };
        _joints[_length] = joint;
        int written = folded.EncodeToUtf16(_buffer[_length..]);
        _joints[(_length + 1)..(_length + written)].Clear();
        _length += written;
        (_last, _lastKind) = (rune, kind);
    }

    private void AppendMark(Rune rune)
    {
        // What other software makes of the dotted capital I: an i with the dot on it once more.
        if (rune.Value == CombiningDot && _length > 0 && _buffer[_length - 1] == 'i')
        {
            return;
        }

        int written = rune.EncodeToUtf16(_buffer[_length..]);
        _joints[_length..(_length + written)].Clear();
        _length += written;
    }

    /// <returns>How many characters were taken; 0 where the compound ends.</returns>
    private int ReadJoint(ReadOnlySpan<char> text, Rune rune, CharacterKind kind, int consumed)
    {
        CharacterKind next = CharacterClass.OfFirst(text[consumed..]);
        bool isJoined = _lastKind is CharacterKind.Letter or CharacterKind.Digit && next is CharacterKind.Letter or CharacterKind.Digit;
        bool isNumber = _lastKind == CharacterKind.Digit && next == CharacterKind.Digit;
        switch (rune.Value)
        {
            case '.' when isJoined:
                return Take((char)rune.Value, isNumber ? Joint.None : Joint.Dot, consumed);
            case ',' when isNumber:
                return Take(',', Joint.None, consumed);
            case '-' or 0x2010 when isJoined:
                return Take('-', Joint.Hyphen, consumed);
            case '+' or '#':
                return ReadSigns(text);
            default:
                return kind == CharacterKind.Apostrophe && isJoined && _lastKind == next ? Take('\'', Joint.Apostrophe, consumed) : 0;
        }
    }

    /// <summary>Reads what makes another word of a name: C++, C#.</summary>
    private int ReadSigns(ReadOnlySpan<char> text)
    {
        int count = text.StartsWith("++") ? 2 : text[0] == '#' && IsOneLetter() ? 1 : 0;
        if (count == 0 || _lastKind != CharacterKind.Letter || CharacterClass.OfFirst(text[count..]) is CharacterKind.Letter or CharacterKind.Unspaced)
        {
            return 0;
        }

        for (int i = 0; i < count && _length < _buffer.Length; i++)
        {
            Append(text[i], Joint.None);
        }

        _last = new Rune(text[0]);
        return count;
    }

    private readonly bool IsOneLetter() => _length == 1 || _joints[_length - 1] == Joint.Start || _joints[_length - 2] is not (Joint.None or Joint.Start);

    private int Take(char character, Joint joint, int consumed)
    {
        Append(character, joint);
        _last = new Rune(character);
        return consumed;
    }

    private void Append(char character, Joint joint)
    {
        _joints[_length] = joint;
        _buffer[_length++] = character;
    }

    private readonly bool StartsPart(Rune rune, ReadOnlySpan<char> following)
    {
        if (_last.Value is '+' or '#')
        {
            return true;
        }

        if (!Rune.IsUpper(rune))
        {
            return false;
        }

        return Rune.IsLower(_last) || ((Rune.IsUpper(_last) || _lastKind == CharacterKind.Digit) && StartsWord(following));
    }

    /// <summary>Whether a lower case letter follows, and not the s of a plural alone.</summary>
    private static bool StartsWord(ReadOnlySpan<char> following)
    {
        Rune.DecodeFromUtf16(following, out Rune next, out int consumed);
        return Rune.IsLower(next) && (next.Value != 's' || CharacterClass.OfFirst(following[consumed..]) is CharacterKind.Letter or CharacterKind.Digit);
    }
}
