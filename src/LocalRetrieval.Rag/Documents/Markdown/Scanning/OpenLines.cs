namespace LocalRetrieval.Rag;

/// <summary>What goes on over lines until it is ended: a fence, or HTML whose text is no Markdown.</summary>
/// <param name="Close">What ends it.</param>
/// <param name="IsFence">Whether it is a fence, which only a line of its own ends.</param>
/// <param name="Quotes">How many quotes it stands in; a line in fewer ends it.</param>
/// <param name="Indent">The indentation of the list item that it stands in; a line of less ends it.</param>
internal sealed record OpenLines(string Close, bool IsFence, int Quotes, int Indent)
{
    /// <summary>Whether a line is outside of the quote or item that this stands in.</summary>
    public bool IsLeftBy(LineParts line) => line.Quotes < Quotes || (!line.IsBlank && line.Indent < Indent);

    /// <summary>Whether a line inside ends it.</summary>
    public bool IsEndedBy(string text, LineParts line)
    {
        ReadOnlySpan<char> content = line.Range.Of(text);
        if (!IsFence)
        {
            return Close[0] == '<'
                ? content.Contains("</script>", StringComparison.OrdinalIgnoreCase) || content.Contains("</style>", StringComparison.OrdinalIgnoreCase)
                    || content.Contains("</pre>", StringComparison.OrdinalIgnoreCase) || content.Contains("</textarea>", StringComparison.OrdinalIgnoreCase)
                : content.Contains(Close, StringComparison.Ordinal);
        }

        content = content.TrimEnd();
        return line.Indent - Indent < 4 && content.Length >= Close.Length && content.IndexOfAnyExcept(Close[0]) < 0;
    }
}
