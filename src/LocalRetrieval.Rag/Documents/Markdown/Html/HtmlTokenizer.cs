namespace LocalRetrieval.Rag;

/// <summary>Finds the tags of a text before <paramref name="end"/>, from its start to its end.</summary>
internal sealed class HtmlTokenizer(string text, int end, CancellationToken cancellationToken)
{
    // Where a mark is not found, it is not found further on either.
    private readonly HashSet<string> _missing = [];

    /// <summary>The next tag, comment or declaration from <paramref name="index"/> on; null where there is none.</summary>
    public HtmlTag? Next(int index)
    {
        while (index < end && text.AsSpan(index, end - index).IndexOf('<') is var open and >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            index += open;
            int close = FindEnd(index);
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

    /// <summary>Where the closing tag of a raw element starts, from <paramref name="index"/> on; the end where there is none.</summary>
    public int FindClosing(int index, string name)
    {
        int close = text.AsSpan(index, end - index).IndexOf("</" + name, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? end : index + close;
    }

    private int FindEnd(int start) => text.AsSpan(start, end - start) switch
    {
        ['<', '!', '-', '-', ..] => Behind(start + 2, "-->") is var close and > 0 ? close : end,
        ['<', '!', '[', 'C', 'D', 'A', 'T', 'A', '[', ..] => Behind(start, "]]>"),
        ['<', '?', ..] => Behind(start, "?>"),
        ['<', '!', ..] => Behind(start, ">"),
        ['<', '/', var name, ..] when char.IsAsciiLetter(name) => Behind(start, ">"),
        ['<', var name, ..] when char.IsAsciiLetter(name) => TagEnd(start),
        _ => 0,
    };

    private int Behind(int start, string mark)
    {
        int index = _missing.Contains(mark) ? -1 : text.AsSpan(start, end - start).IndexOf(mark, StringComparison.Ordinal);
        if (index < 0)
        {
            _missing.Add(mark);
            return 0;
        }

        return start + index + mark.Length;
    }

    private int TagEnd(int start)
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
