using Markdig.Syntax;

namespace LocalRetrieval.Rag;

/// <summary>Reads definitions of links, as <c>[label]: destination "title"</c>, of one or more lines.</summary>
internal static class LinkDefinitions
{
    private const int MaxLength = 4096;

    /// <summary>Behind the definition that starts at <paramref name="start"/>, at the end of its last line; -1 where none does.</summary>
    public static int Match(string text, int start, out LinkReferenceDefinition? definition)
    {
        definition = null;
        int limit = Math.Min(text.Length, start + MaxLength);
        int close = LabelEnd(text, start, limit);
        if (close < 0 || text.AsSpan(start + 1, close - start - 1).IsWhiteSpace() || close + 1 >= limit || text[close + 1] != ':')
        {
            return -1;
        }

        int destination = SkipBlanks(text, close + 2, limit);
        int destinationEnd = DestinationEnd(text, destination, limit);
        if (destinationEnd < 0)
        {
            return -1;
        }

        int title = SkipBlanks(text, destinationEnd, limit);
        int titleEnd = title > destinationEnd ? TitleEnd(text, title, limit) : -1;
        int end = titleEnd >= 0 ? LineEnd(text, titleEnd, limit) : -1;
        end = end >= 0 ? end : LineEnd(text, destinationEnd, limit);
        if (end >= 0)
        {
            definition = new LinkReferenceDefinition(text[(start + 1)..close], text[destination..destinationEnd].Trim('<', '>'), "");
        }

        return end;
    }

    private static int LabelEnd(string text, int start, int limit)
    {
        for (int index = start + 1; index < Math.Min(limit, start + 1000); index++)
        {
            switch (text[index])
            {
                case '\\':
                    index++;
                    break;
                case '[':
                    return -1;
                case ']':
                    return index;
                case '\n' when index + 1 < limit && text[index + 1] is '\r' or '\n':
                    return -1;
            }
        }

        return -1;
    }

    private static int DestinationEnd(string text, int start, int limit)
    {
        if (start < limit && text[start] == '<')
        {
            int close = text.AsSpan(start + 1, limit - start - 1).IndexOfAny("<>\r\n");
            return close >= 0 && text[start + 1 + close] == '>' ? start + close + 2 : -1;
        }

        int end = start;
        while (end < limit && !char.IsWhiteSpace(text[end]) && !char.IsControl(text[end]))
        {
            end++;
        }

        return end > start ? end : -1;
    }

    private static int TitleEnd(string text, int start, int limit)
    {
        if (start >= limit || text[start] is not ('"' or '\'' or '('))
        {
            return -1;
        }

        char close = text[start] == '(' ? ')' : text[start];
        for (int index = start + 1; index < limit; index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }
            else if (text[index] == close)
            {
                return index + 1;
            }
            else if (text[index] == '\n' && index + 1 < limit && text[index + 1] is '\r' or '\n')
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>Behind blanks, at most one line end and the marks of quotes behind it.</summary>
    private static int SkipBlanks(string text, int index, int limit)
    {
        bool isNextLine = false;
        for (; index < limit; index++)
        {
            char c = text[index];
            if (c is '\r' or '\n')
            {
                if (isNextLine)
                {
                    return index;
                }

                isNextLine = true;
                index += c == '\r' && index + 1 < limit && text[index + 1] == '\n' ? 1 : 0;
            }
            else if (c is not (' ' or '\t') && !(isNextLine && c == '>'))
            {
                return index;
            }
        }

        return limit;
    }

    /// <summary>The end of a line of which nothing but blanks is left; -1 where something is.</summary>
    private static int LineEnd(string text, int index, int limit)
    {
        while (index < limit && text[index] is ' ' or '\t')
        {
            index++;
        }

        return index == text.Length || (index < limit && text[index] is '\r' or '\n') ? index : -1;
    }
}
