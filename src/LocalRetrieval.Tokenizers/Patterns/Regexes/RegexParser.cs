using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

/// <summary>
/// Reads a regular expression in Oniguruma's own syntax, which is what the reference's are written in. What the library cannot match in
/// the same way, and what the reference refuses, is an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed partial class RegexParser
{
    /// <summary>How long an expression may be.</summary>
    public const int MostCharacters = 10_000;

    private const int MostDepth = 250;
    private const int MostRepeats = 100_000;

    private const string Supported =
        "characters, classes, properties, groups, alternatives, greedy, lazy and possessive quantifiers, lookaround, anchors, "
        + "options i, m and x";

    private readonly JsonField _field;
    private readonly int[] _pattern;
    private int _at;
    private int _depth;
    private RegexOption _options;

    private RegexParser(JsonField field)
    {
        _field = field;
        _pattern = [.. field.String().EnumerateRunes().Select(rune => rune.Value)];
    }

    /// <summary>Reads the regular expression that a field holds.</summary>
    /// <exception cref="InvalidDataException">It is malformed, or it has what is not supported.</exception>
    public static RegexNode Parse(JsonField field)
    {
        RegexParser parser = new(field);
        if (parser._pattern.Length > MostCharacters)
        {
            throw field.Invalid($"a regular expression of {parser._pattern.Length} characters", $"up to {MostCharacters}");
        }

        RegexNode node = parser.ParseAlternatives();
        return parser._at == parser._pattern.Length ? LiteralFolding.Apply(node) : throw parser.Refused("an unmatched ')'");
    }

    private bool IsAtEnd => _at == _pattern.Length;

    private RegexNode ParseAlternatives()
    {
        if (++_depth > MostDepth)
        {
            throw Refused($"groups nested deeper than {MostDepth}");
        }

        List<RegexNode> branches = [ParseBranch()];
        while (Accept('|'))
        {
            branches.Add(ParseBranch());
        }

        _depth--;
        return branches.Count == 1 ? branches[0] : new RegexNode.Choice(branches);
    }

    private RegexNode ParseBranch()
    {
        List<RegexNode> items = [];
        while (true)
        {
            SkipExtended();
            if (IsAtEnd || Peek() is '|' or ')')
            {
                return items.Count == 1 ? items[0] : new RegexNode.Sequence(items);
            }

            items.Add(ParseQuantified());
        }
    }

    private RegexNode ParseQuantified()
    {
        RegexNode node = ParseAtom();
        SkipExtended();
        while (TryParseQuantifier(node, out RegexNode quantified))
        {
            node = quantified;
            SkipExtended();
        }

        return node;
    }

    private RegexNode ParseAtom()
    {
        int start = _at;
        int character = Next();
        switch (character)
        {
            case '(':
                return ParseGroup();
            case '[':
                return ParseClass();
            case '\\':
                return ParseEscape();
            case '.':
                return AnyCharacter(takesLineFeed: _options.HasFlag(RegexOption.DotTakesAll));
            case '^':
                return RegexAnchors.LineStart;
            case '$':
                return RegexAnchors.LineEnd;
            case '*' or '+' or '?':
                throw Refused($"'{(char)character}' after nothing");
        }

        _at = start;
        if (TryParseInterval(out _, out _))
        {
            throw Refused("an interval after nothing");
        }

        return Literal(Next());
    }

    private static RegexNode.Characters AnyCharacter(bool takesLineFeed) =>
        new(takesLineFeed ? CodePointSet.All : CodePointSet.Of('\n').Complement());

    private RegexNode.Literal Literal(int codePoint) => new(codePoint, _options.HasFlag(RegexOption.IgnoreCase));

    /// <summary>Passes over comments, and with the option "x" over white space and comments to the end of the line.</summary>
    private void SkipExtended()
    {
        while (!IsAtEnd)
        {
            if (_options.HasFlag(RegexOption.Extended) && Peek() is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                _at++;
            }
            else if (_options.HasFlag(RegexOption.Extended) && Peek() == '#')
            {
                int end = Array.IndexOf(_pattern, '\n', _at);
                _at = end < 0 ? _pattern.Length : end + 1;
            }
            else if (!SkipComment())
            {
                return;
            }
        }
    }

    private bool SkipComment()
    {
        if (!Accept("(?#"))
        {
            return false;
        }

        for (int character = Next(); character != ')'; character = Next())
        {
            _ = character == '\\' ? Next() : 0;
        }

        return true;
    }

    private int Peek() => _pattern[_at];

    private int Next() => IsAtEnd ? throw Refused("an end too early") : _pattern[_at++];

    private bool Accept(int character)
    {
        bool isNext = !IsAtEnd && Peek() == character;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private bool Accept(string characters)
    {
        if (_pattern.Length - _at < characters.Length)
        {
            return false;
        }

        for (int i = 0; i < characters.Length; i++)
        {
            if (_pattern[_at + i] != characters[i])
            {
                return false;
            }
        }

        _at += characters.Length;
        return true;
    }

    private InvalidDataException Refused(string construct) =>
        _field.Invalid($"a regular expression with {construct} (before character {_at}): '{_field.String()}'", Supported);

    private static string Show(int codePoint) => Rune.IsValid(codePoint) ? new Rune(codePoint).ToString() : $"U+{codePoint:X}";
}
