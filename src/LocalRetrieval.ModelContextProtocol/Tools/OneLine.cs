namespace LocalRetrieval.ModelContextProtocol;

/// <summary>Makes a line of a text from a document, in which no control character is left.</summary>
internal static class OneLine
{
    public static string Of(string text) => string.Join(' ', string.Create(text.Length, text, Blank).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Blank(Span<char> line, string text)
    {
        for (int index = 0; index < line.Length; index++)
        {
            line[index] = char.IsControl(text[index]) ? ' ' : text[index];
        }
    }
}
