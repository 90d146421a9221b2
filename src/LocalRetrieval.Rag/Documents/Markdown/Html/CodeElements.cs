namespace LocalRetrieval.Rag;

/// <summary>The elements in which templates are text.</summary>
internal static class CodeElements
{
    private const int MaxTagLength = 1024;

    /// <summary>The name of the element whose tag starts at <paramref name="start"/>; null where none does.</summary>
    /// <remarks>One of code, or one that Vue is told to leave alone.</remarks>
    public static string? Match(string text, int start)
    {
        ReadOnlySpan<char> rest = text.AsSpan(start + 1, Math.Min(MaxTagLength, text.Length - start - 1));
        int end = 0;
        while (end < rest.Length && char.IsAsciiLetterOrDigit(rest[end]))
        {
            end++;
        }

        if (end == 0 || end == rest.Length || !(rest[end] == '>' || char.IsWhiteSpace(rest[end])))
        {
            return null;
        }

        string name = rest[..end].ToString();
        bool isCode = name.ToUpperInvariant() is "CODE" or "KBD" or "SAMP" or "TT" or "PRE";
        int close = rest.IndexOfAny('<', '>');
        return isCode || (close > 0 && rest[end..close].Contains(" v-pre", StringComparison.Ordinal)) ? name : null;
    }
}
