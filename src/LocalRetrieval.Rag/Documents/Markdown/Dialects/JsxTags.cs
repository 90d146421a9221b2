namespace LocalRetrieval.Rag;

/// <summary>Finds the tags of JSX and of Vue components, whose attributes HTML does not know.</summary>
internal static class JsxTags
{
    private const int MaxLength = 4096;

    /// <summary>Behind the tag that starts at <paramref name="start"/>; -1 where none does.</summary>
    /// <remarks>A name in capitals right behind a word is a type's argument, as in <c>List&lt;T&gt;</c>, and stays.</remarks>
    public static int Match(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start, Math.Min(MaxLength, text.Length - start));
        if (rest is ['<', '>', ..] or ['<', '/', '>', ..])
        {
            return MatchFragment(text, start);
        }

        int index = rest is ['<', '/', ..] ? 2 : 1;
        if (index >= rest.Length || !char.IsAsciiLetter(rest[index]))
        {
            return -1;
        }

        int name = index;
        bool isGlued = start > 0 && rest[1] != '/' && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.');
        while (index < rest.Length && (char.IsAsciiLetterOrDigit(rest[index]) || rest[index] is '.' or '-' or '_' or ':'))
        {
            index++;
        }

        bool isComponent = char.IsAsciiLetterUpper(rest[name]) && !HtmlElements.IsUpperCase(rest[name..index]);
        if (isGlued && isComponent && index < rest.Length && rest[index] is not ('/' or ' '))
        {
            return -1;
        }

        int end = FindEnd(rest, index, out bool isTemplate);
        return end < 0 || (!isComponent && !isTemplate) ? -1 : start + end;
    }

    /// <summary>Behind the tags that start at <paramref name="start"/> and leave an element open; -1 where none do.</summary>
    public static int MatchOpen(string text, int start)
    {
        int end = Match(text, start);
        return end < 0 || text[start + 1] is '/' or '>' || text[end - 2] == '/' ? -1 : end;
    }

    /// <summary>Whether a tag is no part of a word: a component's, or a block's.</summary>
    public static bool IsParting(ReadOnlySpan<char> tag)
    {
        ReadOnlySpan<char> name = Name(tag);
        return name.IsEmpty || char.IsAsciiLetterUpper(name[0]) || HtmlBlocks.IsBlock(name.ToString());
    }

    /// <summary>The name in a tag.</summary>
    public static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        ReadOnlySpan<char> name = tag.TrimStart("</");
        int end = 0;
        while (end < name.Length && (char.IsAsciiLetterOrDigit(name[end]) || name[end] is '.' or '-' or '_' or ':'))
        {
            end++;
        }

        return name[..end];
    }

    /// <summary>A fragment's tags stand alone on a line, or around all of one, since <c>&lt;&gt;</c> is an operator, too.</summary>
    private static int MatchFragment(string text, int start)
    {
        bool isOpening = text[start + 1] == '>';
        int end = start + (isOpening ? 2 : 3);
        int lineStart = start;
        while (lineStart > 0 && text[lineStart - 1] is not ('\r' or '\n') && start - lineStart < MaxLength)
        {
            lineStart--;
        }

        int lineEnd = text.AsSpan(end, Math.Min(MaxLength, text.Length - end)).IndexOfAny('\r', '\n');
        ReadOnlySpan<char> before = text.AsSpan(lineStart, start - lineStart).Trim();
        ReadOnlySpan<char> behind = (lineEnd < 0 ? text.AsSpan(end, Math.Min(MaxLength, text.Length - end)) : text.AsSpan(end, lineEnd)).Trim();
        bool isAround = isOpening ? behind.EndsWith("</>") && before.IsEmpty : before.StartsWith("<>") && behind.IsEmpty;
        return isAround || (before.IsEmpty && behind.IsEmpty) ? end : -1;
    }

    private static int FindEnd(ReadOnlySpan<char> rest, int index, out bool isTemplate)
    {
        isTemplate = false;
        int depth = 0;
        char quote = '\0';
        for (; index < rest.Length; index++)
        {
            char c = rest[index];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' or '`' && (depth > 0 || rest[index - 1] == '='))
            {
                quote = c;
            }
            else if (c is '{')
            {
                isTemplate = true;
                depth++;
            }
            else if (c is '}')
            {
                depth--;
            }
            else if (depth == 0 && c == '>')
            {
                return index + 1;
            }
            else if (depth == 0 && !IsAttribute(rest, index))
            {
                return -1;
            }

            isTemplate |= depth == 0 && quote == '\0' && c is '#' or '@' or ':' && char.IsWhiteSpace(rest[index - 1]);
        }

        return -1;
    }

    private static bool IsAttribute(ReadOnlySpan<char> rest, int index) =>
        rest[index] switch
        {
            '\n' => index + 1 >= rest.Length || rest[index + 1] is not ('\n' or '\r'),
            char c => char.IsAsciiLetterOrDigit(c) || char.IsWhiteSpace(c) || c is '=' or '-' or '_' or ':' or '@' or '#' or '.' or '/' or '$' or '[' or ']' or '*',
        };
}
