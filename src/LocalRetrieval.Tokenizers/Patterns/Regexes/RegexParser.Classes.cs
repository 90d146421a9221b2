namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

internal sealed partial class RegexParser
{
    private static readonly string[] PosixNames =
        ["alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "space", "upper", "xdigit", "ascii", "word"];

    /// <summary>Reads on after "[", with the cases of its characters where they do not matter.</summary>
    private RegexNode ParseClass()
    {
        CodePointSet set = ParseClassSet(out bool isNegative);
        if (!_options.HasFlag(RegexOption.IgnoreCase))
        {
            return new RegexNode.Characters(Negate(set, isNegative));
        }

        RegexNode.Characters characters = new(Negate(CaseFolding.Variants(set), isNegative));
        return isNegative ? characters : LiteralFolding.WithSequences(characters, characters.Set);
    }

    private CodePointSet ParseClassSet(out bool isNegative)
    {
        if (++_depth > MostDepth)
        {
            throw Refused($"classes nested deeper than {MostDepth}");
        }

        isNegative = Accept('^');
        CodePointSet? intersection = null;
        ClassItems items = new();
        bool isFirst = true;
        while (isFirst ? !AcceptEmptyClose() : !Accept(']'))
        {
            isFirst = false;
            if (Accept("&&"))
            {
                intersection = Intersect(intersection, items.Set);
                items = new ClassItems();
                continue;
            }

            ParseClassItem(items);
        }

        _depth--;
        return Intersect(intersection, items.Set);
    }

    private static CodePointSet Intersect(CodePointSet? intersection, CodePointSet set) => intersection?.Intersect(set) ?? set;

    /// <summary>A bracket right after the opening one is a character.</summary>
    private bool AcceptEmptyClose() =>
        !IsAtEnd && Peek() == ']' && Array.IndexOf(_pattern, ']', _at + 1) < 0 ? throw Refused("a class of nothing") : false;

    private void ParseClassItem(ClassItems items)
    {
        int character = Next();
        switch (character)
        {
            case '[':
                ParseNested(items);
                return;
            case '-':
                ParseHyphen(items);
                return;
            case '\\' when TryParseCharacterType(isLone: false) is { } type:
                AddType(items, type);
                return;
            case '\\' when Peek(0) == 'x' && Peek(1) != '{' && !IsDigit(Peek(1), 16):
                throw Refused("a character without its number");
            case '\\':
                character = Accept('b') ? '\b' : ParseEscapedCharacter();
                break;
        }

        if (!items.TryAdd(character))
        {
            throw Refused("a range that ends before it begins");
        }
    }

    private void ParseNested(ClassItems items)
    {
        if (Peek(0) == ':')
        {
            AddType(items, ParsePosix());
            return;
        }

        if (items.IsRangeOpen)
        {
            throw Refused("a range that ends with a class");
        }

        CodePointSet set = ParseClassSet(out bool isNegative);
        items.AddClass(Negate(set, isNegative));
    }

    private void AddType(ClassItems items, CodePointSet type)
    {
        if (items.IsRangeOpen)
        {
            throw Refused("a range that ends with a class");
        }

        items.AddType(type);
    }

    /// <summary>A hyphen makes a range between two characters, and is one itself elsewhere.</summary>
    private void ParseHyphen(ClassItems items)
    {
        bool isLast = Peek(0) == ']' || (Peek(0) == '&' && Peek(1) == '&');
        if (isLast || items.IsRangeOpen || !items.CanOpenRange)
        {
            if (!isLast && items.EndsWithType)
            {
                throw Refused("a range that begins with a class");
            }

            if (!items.TryAdd('-'))
            {
                throw Refused("a range that ends before it begins");
            }

            return;
        }

        items.OpenRange();
    }

    private CodePointSet ParsePosix()
    {
        _at++;
        bool isNegative = Accept('^');
        string name = "";
        while (Peek(0) is >= 'a' and <= 'z')
        {
            name += (char)Next();
        }

        CodePointSet? set = PosixNames.Contains(name) ? RegexProperties.Find(name) : null;
        set = name == "punct" ? RegexProperties.PunctuationAndSymbols : set;
        return set is not null && Accept(":]") ? Negate(set, isNegative) : throw Refused($"the POSIX class '[:{name}'");
    }
}
