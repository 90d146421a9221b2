namespace LocalRetrieval.Tokenizers.Patterns.Regexes;

internal sealed partial class RegexParser
{
    private bool TryParseQuantifier(RegexNode body, out RegexNode quantified)
    {
        quantified = body;
        if (IsAtEnd)
        {
            return false;
        }

        (int Least, int? Most)? times = Peek() switch
        {
            '?' => (0, 1),
            '*' => (0, null),
            '+' => (1, null),
            _ => null,
        };
        if (times is not null)
        {
            _at++;
            bool isLazy = Accept('?');
            quantified = Quantify(body, times.Value.Least, times.Value.Most, isLazy, isPossessive: !isLazy && Accept('+'));
            return true;
        }

        if (!TryParseInterval(out int least, out int? most))
        {
            return false;
        }

        // {3,1} is how Oniguruma writes a possessive {1,3}, and {3}? is ({3})?.
        quantified = least > most
            ? Quantify(body, most.Value, least, isLazy: false, isPossessive: true)
            : Quantify(body, least, most, isLazy: least != most && Accept('?'), isPossessive: false);
        return true;
    }

    /// <summary>Reads {n}, {n,}, {n,m} or {,m}; anything else after a brace is the brace itself.</summary>
    private bool TryParseInterval(out int least, out int? most)
    {
        int start = _at;
        (least, most) = (0, 0);
        if (Accept('{'))
        {
            int? first = ParseNumber();
            int? second = first;
            bool hasComma = Accept(',');
            if (hasComma)
            {
                second = ParseNumber();
            }

            if ((first ?? second) is not null && Accept('}'))
            {
                (least, most) = (first ?? 0, second);
                return true;
            }
        }

        _at = start;
        return false;
    }

    private int? ParseNumber()
    {
        int? number = null;
        while (!IsAtEnd && Peek() is >= '0' and <= '9')
        {
            number = ((number ?? 0) * 10) + Next() - '0';
            if (number > MostRepeats)
            {
                throw Refused($"more than {MostRepeats} repeats");
            }
        }

        return number;
    }

    private RegexNode Quantify(RegexNode body, int least, int? most, bool isLazy, bool isPossessive)
    {
        if (IsAssertion(body))
        {
            throw Refused("a quantifier after what takes no character");
        }

        if (body is RegexNode.Repeat inner && IsSimple(inner.Least, inner.Most))
        {
            (body, least, most) = Simplify(inner, least, most, isLazy);
        }

        if (most != 1 && body.CanBeEmpty)
        {
            throw Refused("a repeated part that can be empty");
        }

        RegexNode repeat = most == 0 ? RegexNode.Nothing : (least, most) == (1, 1) ? body : new RegexNode.Repeat(body, least, most, isLazy);
        return isPossessive ? new RegexNode.Atomic(repeat) : repeat;
    }

    /// <summary>As in the reference, a quantifier of ?, * or + makes one with the quantifier before it.</summary>
    private (RegexNode Body, int Least, int? Most) Simplify(RegexNode.Repeat inner, int least, int? most, bool isLazy)
    {
        if (inner.IsLazy || (isLazy && IsSimple(least, most)))
        {
            throw Refused("a lazy quantifier and another on the same part");
        }

        if (IsSimple(least, most))
        {
            return (inner.Body, Math.Min(inner.Least, least), inner.Most == 1 && most == 1 ? 1 : null);
        }

        return inner.Most is null && most > 1 && !isLazy ? (inner, least, Math.Max(least, 1)) : (inner, least, most);
    }

    /// <summary>Whether it is ?, * or +.</summary>
    private static bool IsSimple(int least, int? most) => (least, most) is (0, 1) or (0, null) or (1, null);

    private static bool IsAssertion(RegexNode node) => node switch
    {
        RegexNode.Look or RegexNode.TextEdge => true,
        RegexNode.Choice choice => choice.Items.Any(IsAssertion),
        RegexNode.Sequence sequence => sequence.Items.Count > 0 && sequence.Items.All(IsAssertion),
        _ => false,
    };
}
