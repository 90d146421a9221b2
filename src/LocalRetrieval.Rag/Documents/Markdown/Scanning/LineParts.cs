namespace LocalRetrieval.Rag;

/// <summary>A line of Markdown without the marks of the quotes that it stands in.</summary>
/// <param name="Start">The line's first unit.</param>
/// <param name="Content">The first unit that is neither such a mark nor white space.</param>
/// <param name="End">Behind the last unit, before the line's end.</param>
/// <param name="Next">The next line's first unit.</param>
/// <param name="Quotes">How many quotes it stands in.</param>
/// <param name="Indent">How many columns of white space stand before the content, behind the last mark.</param>
internal readonly record struct LineParts(int Start, int Content, int End, int Next, int Quotes, int Indent)
{
    public bool IsBlank => Content == End;

    public TextRange Range => new(Content, End);

    public static LineParts Parse(string text, int start)
    {
        int next = TextLines.NextLine(text, start);
        int end = next;
        while (end > start && text[end - 1] is '\r' or '\n')
        {
            end--;
        }

        int quotes = 0;
        int indent = 0;
        int index = start;
        for (; index < end; index++)
        {
            char c = text[index];
            if (c == '>' && indent < 4)
            {
                quotes++;
                indent = 0;
                index += index + 1 < end && text[index + 1] == ' ' ? 1 : 0;
            }
            else if (c is ' ' or '\t')
            {
                indent += c == ' ' ? 1 : 4 - (indent % 4);
            }
            else
            {
                break;
            }
        }

        return new LineParts(start, index, end, next, quotes, indent);
    }
}
