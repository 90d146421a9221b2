namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

internal sealed partial class RegexParser
{
    /// <summary>Reads on after a backslash that stands outside brackets.</summary>
    private RegexNode ParseEscape()
    {
        switch (Next())
        {
            case 'A':
                return RegexAnchors.TextStart;
            case 'Z':
                return RegexAnchors.LastLineEnd;
            case 'z':
                return RegexAnchors.TextEnd;
            case 'b':
                return RegexAnchors.WordEdge(isNegative: false);
            case 'B':
                return RegexAnchors.WordEdge(isNegative: true);
            case 'w':
                return new RegexNode.Characters(RegexProperties.LoneWord);
            case 'W':
                return new RegexNode.Characters(RegexProperties.LoneWord.Complement());
            case 'R':
                return NewLine();
            case 'N':
                return AnyCharacter(takesLineFeed: false);
            case 'O':
                return AnyCharacter(takesLineFeed: true);
            case >= '1' and <= '9' or 'k':
                throw Refused("a backreference");
            case int letter and ('g' or 'G' or 'K' or 'X' or 'y' or 'Y'):
                throw Refused($"'\\{(char)letter}'");
        }

        _at--;
        return TryParseCharacterType(isLone: true) is { } set ? new RegexNode.Characters(set) : Literal(ParseEscapedCharacter());
    }

    /// <summary>\R: a carriage return and a line feed as one, or any one character that ends a line.</summary>
    private static RegexNode.Atomic NewLine() => new(new RegexNode.Choice(
    [
        new RegexNode.Sequence([new RegexNode.Characters(CodePointSet.Of('\r')), new RegexNode.Characters(CodePointSet.Of('\n'))]),
        new RegexNode.Characters(CodePointSet.Ranges(['\n', '\r', 0x85, 0x85, 0x2028, 0x2029])),
    ]));

    /// <summary>Reads d, s, h, p{…} and so on after a backslash; null where something else is there, such as a p alone.</summary>
    private CodePointSet? TryParseCharacterType(bool isLone)
    {
        int letter = Next();
        switch (letter)
        {
            case 'w' or 'W':
                return Negate(RegexProperties.Word, letter == 'W');
            case 'd' or 'D':
                return Negate(RegexProperties.Digit, letter == 'D');
            case 's' or 'S':
                return Negate(RegexProperties.Space, letter == 'S');
            case 'h' or 'H':
                return Negate(RegexProperties.HexDigit, letter == 'H');
            case 'p' or 'P' when Accept('{'):
                return ParseProperty(letter == 'P', isLone);
        }

        _at--;
        return null;
    }

    private CodePointSet ParseProperty(bool isNegative, bool isLone)
    {
        string name = "";
        isNegative ^= Accept('^');
        for (int character = Next(); character != '}'; character = Next())
        {
            name += Show(character);
        }

        CodePointSet set = RegexProperties.Find(name)
            ?? throw Refused($"the property '{name}', which is no category, script or other known one");
        return Negate(isLone && ReferenceEquals(set, RegexProperties.Word) ? RegexProperties.LoneWord : set, isNegative);
    }

    private static CodePointSet Negate(CodePointSet set, bool isNegative) => isNegative ? set.Complement() : set;

    /// <summary>Reads on after a backslash: a character by its number, a control character, or one that stands for itself.</summary>
    private int ParseEscapedCharacter()
    {
        int character = Next();
        return character switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => '\e',
            'x' when Accept('{') => ParseBraced(16, 8),
            'o' when Accept('{') => ParseBraced(8, 11),
            'x' when IsDigit(Peek(0), 16) => Byte(ParseDigits(16, 1, 2)),
            'u' => ParseDigits(16, 4, 4),
            >= '0' and <= '7' => ParseOctal(),
            'c' or 'C' or 'M' => throw Refused($"the control character '\\{(char)character}'"),
            _ => character,
        };
    }

    private int ParseOctal()
    {
        _at--;
        return Byte(ParseDigits(8, 1, 3));
    }

    /// <summary>A character of one byte; more would be the bytes of UTF-8.</summary>
    private int Byte(int value) => value < 0x80 ? value : throw Refused("a byte that is not ASCII");

    private int ParseBraced(int digitBase, int mostDigits)
    {
        int value = ParseDigits(digitBase, 1, mostDigits);
        return Accept('}') && value < CodePointSet.Limit ? value : throw Refused("a number of a character that is none");
    }

    private int ParseDigits(int digitBase, int least, int most)
    {
        long value = 0;
        int digits = 0;
        while (digits < most && IsDigit(Peek(0), digitBase))
        {
            value = (value * digitBase) + HexValue(Next());
            digits++;
        }

        return digits >= least ? (int)Math.Min(value, int.MaxValue) : throw Refused("a character without its number");
    }

    private static bool IsDigit(int digit, int digitBase) =>
        digit is >= '0' and < 0x80 && char.IsAsciiHexDigit((char)digit) && HexValue(digit) < digitBase;

    private static int HexValue(int digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
