namespace LocalRetrieval.Rag;

/// <summary>Reads the marks of lists' items.</summary>
internal static class ListMarkers
{
    /// <summary>How long the mark of an item at <paramref name="index"/> is; 0 where none stands there.</summary>
    public static int Length(string text, int index, int end, bool isInParagraph)
    {
        int length = index < end && text[index] is '-' or '+' or '*' ? 1 : NumberLength(text, index, end);
        bool isEmpty = index + length >= end;
        bool isMarker = length > 0 && (isEmpty || text[index + length] is ' ' or '\t') && !IsRule(text.AsSpan(index, end - index));
        bool interrupts = !isEmpty && (length == 1 || (length == 2 && text[index] == '1'));
        return isMarker && (!isInParagraph || interrupts) ? length : 0;
    }

    /// <summary>Whether a line is a rule, as <c>* * *</c>, or the underline of a heading.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        if (line.IsEmpty || line[0] is not ('-' or '*' or '_' or '=') || line.Length > 1024)
        {
            return false;
        }

        int marks = line.Count(line[0]);
        return line.IndexOfAnyExcept(line[0], ' ', '\t') < 0 && (marks >= 3 || (line.Length == marks && line[0] is '=' or '-' && marks > 1));
    }

    private static int NumberLength(string text, int index, int end)
    {
        int digit = index;
        while (digit < end && digit - index < 9 && char.IsAsciiDigit(text[digit]))
        {
            digit++;
        }

        return digit > index && digit < end && text[digit] is '.' or ')' ? digit - index + 1 : 0;
    }
}
