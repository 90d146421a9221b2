using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>A known regular expression that has every character of a text in one of its matches.</summary>
internal abstract class CoveringPattern : TextPattern
{
    protected sealed override void Find(ReadOnlySpan<char> text, List<TextPiece> matches)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = EndOfMatch(text, start);
            matches.Add(new TextPiece(start, end));
            start = end;
        }
    }

    /// <summary>Where the match that begins at <paramref name="start"/> ends.</summary>
    protected abstract int EndOfMatch(ReadOnlySpan<char> text, int start);
}
