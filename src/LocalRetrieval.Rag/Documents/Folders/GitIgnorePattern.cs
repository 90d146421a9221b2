using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Rag;

/// <summary>Translates the patterns of gitignore(5) to regular expressions.</summary>
internal static class GitIgnorePattern
{
    /// <summary>What is longer names no file that is likely to be there, and makes more states than an expression without backtracking may have.</summary>
    private const int MaxLength = 1024;

    /// <summary>Whether a pattern can match: one that ends with a lone backslash, or within a class, or is too long, does not.</summary>
    public static bool IsValid(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            return false;
        }

        for (int index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '\\')
            {
                if (++index == pattern.Length)
                {
                    return false;
                }
            }
            else if (pattern[index] == '[')
            {
                int end = EndOfClass(pattern, index);
                if (end < 0)
                {
                    return false;
                }

                index = end;
            }
        }

        return true;
    }

    /// <summary>The expression, which matches whole paths.</summary>
    public static string ToExpression(string pattern)
    {
        StringBuilder expression = new("\\A");
        for (int index = 0; index < pattern.Length;)
        {
            index = Append(pattern, index, expression);
        }

        return expression.Append("\\z").ToString();
    }

    private static int Append(string pattern, int index, StringBuilder expression)
    {
        switch (pattern[index])
        {
            case '*':
                return AppendStars(pattern, index, expression);
            case '?':
                expression.Append("[^/]");
                return index + 1;
            case '[':
                return AppendClass(pattern, index, expression);
            case '\\':
                expression.Append(Regex.Escape(pattern[index + 1].ToString()));
                return index + 2;
            default:
                expression.Append(Regex.Escape(pattern[index].ToString()));
                return index + 1;
        }
    }

    // Two stars or more that are a whole part of the path stand for any folders; others are one star.
    private static int AppendStars(string pattern, int index, StringBuilder expression)
    {
        int end = index;
        while (end < pattern.Length && pattern[end] == '*')
        {
            end++;
        }

        bool isPart = end - index >= 2 && (index == 0 || pattern[index - 1] == '/') && (end == pattern.Length || pattern[end] == '/');
        expression.Append(!isPart ? "[^/]*" : end == pattern.Length ? ".+" : "(?:.*/)?");
        return isPart && end < pattern.Length ? end + 1 : end;
    }

    private static int AppendClass(string pattern, int index, StringBuilder expression)
    {
        int end = EndOfClass(pattern, index);
        int start = index + 1;
        bool isNegated = pattern[start] is '!' or '^';
        StringBuilder members = new();
        for (int at = isNegated ? start + 1 : start; at < end;)
        {
            at = AppendMember(pattern, at, members);
        }

        // A slash is in no class, and an empty one matches nothing.
        expression.Append(isNegated ? $"[^/{members}]" : members.Length == 0 ? "[^\\u0000-\\uFFFF]" : $"[{members}-[/]]");
        return end + 1;
    }

    private static int AppendMember(string pattern, int at, StringBuilder expression)
    {
        if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) is > 0 and int close)
        {
            expression.Append(Named(pattern[(at + 2)..close]));
            return close + 2;
        }

        at = pattern[at] == '\\' ? at + 1 : at;
        expression.Append(CultureInfo.InvariantCulture, $"\\u{(int)pattern[at]:X4}");
        bool isRange = at + 2 < pattern.Length && pattern[at + 1] == '-' && pattern[at + 2] != ']';
        if (!isRange)
        {
            return at + 1;
        }

        int last = pattern[at + 2] == '\\' ? at + 3 : at + 2;
        if (pattern[last] >= pattern[at])
        {
            expression.Append(CultureInfo.InvariantCulture, $"-\\u{(int)pattern[last]:X4}");
        }

        return last + 1;
    }

    private static string Named(string name) => name switch
    {
        "alnum" => "a-zA-Z0-9",
        "alpha" => "a-zA-Z",
        "blank" => " \\t",
        "cntrl" => "\\x00-\\x1f\\x7f",
        "digit" => "0-9",
        "graph" => "\\x21-\\x7e",
        "lower" => "a-z",
        "print" => "\\x20-\\x7e",
        "punct" => "\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e",
        "space" => " \\t\\n\\v\\f\\r",
        "upper" => "A-Z",
        "xdigit" => "0-9a-fA-F",
        _ => "",
    };

    // A bracket right at the start is a member.
    private static int EndOfClass(string pattern, int index)
    {
        int at = index + 1;
        at += at < pattern.Length && pattern[at] is '!' or '^' ? 1 : 0;
        for (bool isFirst = true; at < pattern.Length; at++, isFirst = false)
        {
            if (pattern[at] == '\\')
            {
                at++;
            }
            else if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) is > 0 and int close)
            {
                at = close + 1;
            }
            else if (pattern[at] == ']' && !isFirst)
            {
                return at;
            }
        }

        return -1;
    }
}
