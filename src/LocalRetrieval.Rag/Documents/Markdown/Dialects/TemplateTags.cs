namespace LocalRetrieval.Rag;

/// <summary>Finds the tags of templates: Liquid's and Hugo's shortcodes. Only what is well-formed is one, so that prose about them stays.</summary>
internal static class TemplateTags
{
    private const int MaxLength = 8192;
    private const int MaxOutputLength = 512;

    /// <summary>The tag that starts at <paramref name="start"/>, with two characters of which the first is a brace; null where none does.</summary>
    public static TemplateTag? Match(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start, Math.Min(MaxLength, text.Length - start));
        return rest switch
        {
            ['{', '{', '/', '*', ..] => Comment(rest, start, "*/}}"),
            ['{', '/', '*', ..] => Comment(rest, start, "*/}"),
            ['{', '{', '<' or '%', '/', '*', ..] => null,
            ['{', '{', '<', ..] => Tag(rest, start, 3, ">}}", TemplateTagKind.Shortcode),
            ['{', '{', '%', ..] => Tag(rest, start, 3, "%}}", TemplateTagKind.Shortcode),
            ['{', '%', ..] => Tag(rest, start, 2, "%}", TemplateTagKind.Liquid),
            ['{', '{', ..] => Output(rest, start),
            ['{', ':', ':' or '/', ..] => Extension(rest, start),
            _ => null,
        };
    }

    private static TemplateTag? Comment(ReadOnlySpan<char> rest, int start, string close)
    {
        int end = rest.IndexOf(close, StringComparison.Ordinal);
        return end < 0 ? null : new TemplateTag(new TextRange(start, start + end + close.Length), TemplateTagKind.Comment, "", IsClosing: false);
    }

    private static TemplateTag? Extension(ReadOnlySpan<char> rest, int start)
    {
        int end = rest.IndexOfAny('}', '\r', '\n');
        ReadOnlySpan<char> name = end < 0 ? [] : rest[3..end];
        name = name.IndexOfAny(' ', '/') is var behind and >= 0 ? name[..behind] : name;
        bool isClosing = rest[2] == '/';
        bool isExtension = end > 0 && rest[end] == '}' && (name is "comment" or "nomarkdown" or "options" || (name.IsEmpty && isClosing && end == 3));
        return isExtension ? new TemplateTag(new TextRange(start, start + end + 1), TemplateTagKind.Extension, name.ToString(), isClosing) : null;
    }

    private static TemplateTag? Tag(ReadOnlySpan<char> rest, int start, int open, string close, TemplateTagKind kind)
    {
        int index = SkipWhiteSpace(rest, open + (open < rest.Length && rest[open] == '-' ? 1 : 0));
        bool isClosing = index < rest.Length && rest[index] == '/';
        index = isClosing ? SkipWhiteSpace(rest, index + 1) : index;
        int nameEnd = index;
        while (nameEnd < rest.Length && (char.IsLetterOrDigit(rest[nameEnd]) || rest[nameEnd] is '_' or '-' or '.' or '/' or '#') && !rest[nameEnd..].StartsWith("/" + close, StringComparison.Ordinal))
        {
            nameEnd++;
        }

        string name = rest[index..nameEnd].TrimEnd("-/").ToString();
        int end = name.Length == 0 || name is "and" or "or" || !(char.IsLetter(name[0]) || name[0] is '_' or '#') ? -1 : FindClose(rest, nameEnd - (rest[nameEnd - 1] == '-' ? 1 : 0), close);
        return end < 0 ? null : new TemplateTag(new TextRange(start, start + end), kind, name, isClosing || (kind == TemplateTagKind.Liquid && name.StartsWith("end", StringComparison.Ordinal)));
    }

    /// <summary>Behind the tag's end, which does not stand in quotes; -1 where there is none before a blank line.</summary>
    private static int FindClose(ReadOnlySpan<char> rest, int index, string close)
    {
        int plain = -1;
        char quote = '\0';
        for (; index < rest.Length; index++)
        {
            char c = rest[index];
            if (rest[index..].StartsWith(close, StringComparison.Ordinal))
            {
                if (quote == '\0')
                {
                    return index + close.Length;
                }

                plain = plain < 0 ? index + close.Length : plain;
            }
            else if (c == '\n' && IsBlankLine(rest, index + 1) && quote != '`')
            {
                return plain;
            }
            else if (quote != '\0')
            {
                index += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '`' || (c == '\'' && index > 0 && !char.IsLetter(rest[index - 1])))
            {
                quote = c;
            }
            else if (c == '{' && rest[index..] is ['{', '{' or '%', ..])
            {
                return -1;
            }
        }

        return plain;
    }

    private static bool IsBlankLine(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] is ' ' or '\t' or '\r')
        {
            index++;
        }

        return index < text.Length && text[index] == '\n';
    }

    /// <summary>An expression whose value is shown: a path or a text, alone or before an operator or a filter, on one line.</summary>
    private static TemplateTag? Output(ReadOnlySpan<char> rest, int start)
    {
        int end = rest[..Math.Min(MaxOutputLength, rest.Length)].IndexOf("}}", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        while (end + 2 < rest.Length && rest[end + 2] == '}')
        {
            end++;
        }

        ReadOnlySpan<char> expression = rest[2..end].Trim('-').Trim();
        bool isOutput = !expression.IsEmpty && !expression.ContainsAny('\r', '\n') && !expression.Contains("{{", StringComparison.Ordinal) && IsExpression(expression);
        return isOutput ? new TemplateTag(new TextRange(start, start + end + 2), TemplateTagKind.Output, "", IsClosing: false) : null;
    }

    private static bool IsExpression(ReadOnlySpan<char> expression)
    {
        if (expression is "and" or "or" or "to")
        {
            return false;
        }

        if (expression[0] is '"' or '\'')
        {
            return expression[1..].Contains(expression[0]);
        }

        int index = expression[0] is '#' or '$' or '.' or '!' or '(' or '[' ? 1 : 0;
        if (index == expression.Length || !(expression[index] < 128 && (char.IsLetterOrDigit(expression[index]) || expression[index] is '_' or '$' or '\'' or '"' or '{')))
        {
            return false;
        }

        while (index < expression.Length && (char.IsAsciiLetterOrDigit(expression[index]) || expression[index] is '_' or '-' or '.' or '$' or '/'))
        {
            index++;
        }

        int next = SkipWhiteSpace(expression, index);
        return next == expression.Length || expression[0] is '#' or '$' or '.' || expression[next] is '|' or '+' or '-' or '*' or '/' or '?' or '=' or '&' or '(' or '[' or '<' or '>' or '!';
    }

    private static int SkipWhiteSpace(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        return index;
    }
}
