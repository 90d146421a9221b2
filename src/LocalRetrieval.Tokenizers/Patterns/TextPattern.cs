using System.Runtime.InteropServices;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers.Patterns;

/// <summary>What a text is searched for. Implementations are immutable and thread-safe.</summary>
internal abstract class TextPattern
{
    [ThreadStatic]
    private static List<TextPiece>? _matches;

    /// <summary>All matches in a text, from left to right. None overlap, some may be empty; an empty text has none.</summary>
    /// <param name="text">Well-formed UTF-16, which is all that the pattern sees.</param>
    /// <returns>Their ranges, to be read before this thread searches again.</returns>
    public ReadOnlySpan<TextPiece> Matches(ReadOnlySpan<char> text)
    {
        List<TextPiece> matches = _matches ??= [];
        matches.Clear();
        if (text.Length > 0)
        {
            Find(text, matches);
        }

        return CollectionsMarshal.AsSpan(matches);
    }

    /// <summary>Adds all matches in a text that is not empty.</summary>
    protected abstract void Find(ReadOnlySpan<char> text, List<TextPiece> matches);
}
