namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

internal sealed partial class RegexParser
{
    /// <summary>Reads on after "(".</summary>
    private RegexNode ParseGroup()
    {
        if (!Accept('?'))
        {
            return Peek(0) == '*' ? throw Refused("a callout '(*'") : new RegexNode.Group(ParseToClose());
        }

        if (Accept(':'))
        {
            return ParseToClose();
        }

        if (Accept('>'))
        {
            return new RegexNode.Atomic(ParseToClose());
        }

        if (Accept('=') || Accept('!'))
        {
            return ParseLook(isBehind: false);
        }

        if (Accept("<=") || Accept("<!"))
        {
            return ParseLook(isBehind: true);
        }

        if (Accept('<'))
        {
            return ParseNamed('>');
        }

        return Accept('\'') ? ParseNamed('\'') : ParseOptions();
    }

    private RegexNode.Look ParseLook(bool isBehind)
    {
        bool isNegative = _pattern[_at - 1] == '!';
        RegexNode body = ParseToClose();
        if (isBehind && body.HasAtomic)
        {
            throw Refused("a lookbehind that holds an atomic group or a possessive quantifier");
        }

        return new RegexNode.Look(body, isBehind, isNegative);
    }

    private RegexNode.Group ParseNamed(int end)
    {
        int start = _at;
        for (int character = Next(); character != end; character = Next())
        {
            if (!RegexProperties.Word.Contains(character) || (_at == start + 1 && RegexProperties.Digit.Contains(character)))
            {
                throw Refused("a group whose name is no word");
            }
        }

        if (_at == start + 1)
        {
            throw Refused("a group without a name");
        }

        return new RegexNode.Group(ParseToClose());
    }

    /// <summary>Reads (?i), which holds to the end of the group around it, or (?i:…).</summary>
    private RegexNode.Group ParseOptions()
    {
        RegexOption before = _options;
        RegexOption options = before;
        bool isOn = true;
        while (true)
        {
            int letter = Next();
            if (letter is ':' or ')')
            {
                _options = options;
                RegexNode body = letter == ':' ? ParseToClose() : ParseAlternatives();
                _options = before;
                return new RegexNode.Group(body);
            }

            RegexOption option = letter switch
            {
                'i' => RegexOption.IgnoreCase,
                'm' => RegexOption.DotTakesAll,
                'x' => RegexOption.Extended,
                '-' => RegexOption.None,
                _ => throw Refused($"the group or option '(?{Show(letter)}'"),
            };
            isOn &= letter != '-';
            options = isOn ? options | option : options & ~option;
        }
    }

    private RegexNode ParseToClose()
    {
        RegexOption before = _options;
        RegexNode node = ParseAlternatives();
        _options = before;
        return Accept(')') ? node : throw Refused("a group that is not closed");
    }

    private int Peek(int ahead) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : -1;
}
