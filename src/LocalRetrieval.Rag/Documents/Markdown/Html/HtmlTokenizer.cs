namespace LocalRetrieval.Rag;

/// <summary>Finds the tags in a range of a text.</summary>
internal static class HtmlTokenizer
{
    /// <summary>The next tag, comment or declaration from <paramref name="index"/> on; null where there is none before <paramref name="end"/>.</summary>
    public static HtmlTag? Next(string text, int index, int end)
    {
        while (index < end && text.AsSpan(index, end - index).IndexOf('<') is var open and >= 0)
        {
            index += open;
            int close = FindEnd(text, index, end);
            if (close > 0)
            {
                bool isTag = text[index + 1] is not ('!' or '?');
                TextRange range = new(index, close);
                return isTag ? HtmlTag.Create(range, text[index..close]) : new HtmlTag(range, "", IsClosing: false, "");
            }

            index++;
        }

        return null;
    }

    /// <summary>Where the closing tag of a raw element starts, from <paramref name="index"/> on; <paramref name="end"/> where there is none.</summary>
    public static int FindClosing(string text, int index, int end, string name)
    {
        int close = text.AsSpan(index, end - index).IndexOf("</" + name, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? end : index + close;
    }

    private static int FindEnd(string text, int start, int end)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start, end - start);
        return rest switch
        {
            ['<', '!', '-', '-', ..] => Behind(rest[2..], "-->") is var close and > 0 ? start + 2 + close : end,
            _ when rest.StartsWith("<![CDATA[", StringComparison.Ordinal) => start + Math.Max(0, Behind(rest, "]]>")),
            ['<', '?', ..] => start + Math.Max(0, Behind(rest, "?>")),
            ['<', '!', ..] => start + Math.Max(0, Behind(rest, ">")),
            ['<', '/', var name, ..] when char.IsAsciiLetter(name) => start + Math.Max(0, Behind(rest, ">")),
            ['<', var name, ..] when char.IsAsciiLetter(name) => TagEnd(text, start, end),
            _ => 0,
        } is var found && found > start ? found : 0;
    }

    private static int Behind(ReadOnlySpan<char> text, string mark)
    {
        int index = text.IndexOf(mark, StringComparison.Ordinal);
        return index < 0 ? 0 : index + mark.Length;
    }

    private static int TagEnd(string text, int start, int end)
    {
        char quote = '\0';
        int limit = Math.Min(end, start + 8192);
        for (int index = start + 1; index < limit; index++)
        {
            char c = text[index];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '>')
            {
                return index + 1;
            }
            else if (c == '<')
            {
                return 0;
            }
        }

        return 0;
    }
}
