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
            return IsAlone(text, start, start + (rest[1] == '>' ? 2 : 3)) ? start + (rest[1] == '>' ? 2 : 3) : -1;
        }

        int index = rest is ['<', '/', ..] ? 2 : 1;
        if (index >= rest.Length || !char.IsAsciiLetter(rest[index]))
        {
            return -1;
        }

        int name = index;
        bool isGlued = start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.');
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

    private static bool IsAlone(string text, int start, int end)
    {
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return (start == 0 || text[start - 1] is '\r' or '\n') && (end == text.Length || text[end] is '\r' or '\n');
    }
}
