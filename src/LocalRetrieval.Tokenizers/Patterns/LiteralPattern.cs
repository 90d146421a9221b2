using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>A string, found as it is; an empty one is found before and after each character.</summary>
internal sealed class LiteralPattern(string value) : TextPattern
{
    protected override void Find(ReadOnlySpan<char> text, List<TextPiece> matches)
    {
        if (value.Length == 0)
        {
            FindEmpty(text, matches);
            return;
        }

        int end = 0;
        for (int index = text.IndexOf(value); index >= 0; index = text[end..].IndexOf(value))
        {
            int start = end + index;
            end = start + value.Length;
            matches.Add(new TextPiece(start, end));
        }
    }

    private static void FindEmpty(ReadOnlySpan<char> text, List<TextPiece> matches)
    {
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || !char.IsLowSurrogate(text[i]))
            {
                matches.Add(new TextPiece(i, i));
            }
        }
    }
}
