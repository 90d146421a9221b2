using System.Buffers;
using System.Text;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.AddedTokens;

/// <summary>Finds added tokens in a text: leftmost first, and the longest of those that begin at one place.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly SearchValues<char> _firstUnits;
    private readonly PieceTrie _patterns;
    private readonly AddedToken[] _tokens;

    /// <param name="patterns">What to look for, and the token that it stands for; of two for one pattern the first holds.</param>
    public AddedTokenMatcher(IEnumerable<(string Pattern, AddedToken Token)> patterns)
    {
        (string Pattern, AddedToken Token)[] distinct =
            [.. patterns.Where(entry => entry.Pattern.Length > 0).DistinctBy(entry => entry.Pattern)];
        _tokens = [.. distinct.Select(entry => entry.Token)];
        _patterns = new PieceTrie([.. distinct.Select((entry, index) => KeyValuePair.Create(entry.Pattern, index))]);
        _firstUnits = SearchValues.Create([.. distinct.Select(entry => entry.Pattern[0])]);
    }

    /// <summary>Adds the tokens in <paramref name="text"/> to <paramref name="matches"/>, in the text's order.</summary>
    public void Find(ReadOnlySpan<char> text, List<AddedTokenMatch> matches)
    {
        int previousEnd = 0;
        int spaceEnd = 0;
        for (int at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            int length = LongestStart(text[at..], out int index);
            if (length == 0)
            {
                at++;
                continue;
            }

            int start = at;
            at += length;
            AddedToken token = _tokens[index];
            if (token.SingleWord && (EndsWithWord(text[..start]) || StartsWithWord(text[at..])))
            {
                continue;
            }

            int end = at;
            if (token.LeftStrip)
            {
                start = start < previousEnd ? previousEnd : previousEnd + text[previousEnd..start].TrimEnd().Length;
            }

            if (token.RightStrip)
            {
                // White space that an earlier match has walked over is not walked over again.
                spaceEnd = end < spaceEnd ? spaceEnd : text.Length - text[end..].TrimStart().Length;
                end = spaceEnd;
            }

            // The match before may have taken the white space that this one is made of.
            if (start < end)
            {
                matches.Add(new AddedTokenMatch(token.Id, start, end));
                previousEnd = end;
            }
        }
    }

    private int Next(ReadOnlySpan<char> text, int from)
    {
        int index = text[from..].IndexOfAny(_firstUnits);
        return index < 0 ? -1 : from + index;
    }

    /// <returns>The length of the longest pattern that the text begins with, 0 where there is none.</returns>
    private int LongestStart(ReadOnlySpan<char> text, out int index)
    {
        int length = 0;
        int node = 0;
        index = -1;
        for (int end = 0; end < text.Length && _patterns.TryStep(ref node, text[end], out int found); end++)
        {
            if (found >= 0)
            {
                (length, index) = (end + 1, found);
            }
        }

        return length;
    }

    private static bool StartsWithWord(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeFromUtf16(text, out Rune rune, out int length);
        return length > 0 && UnicodeCharacters.IsWord(rune.Value);
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeLastFromUtf16(text, out Rune rune, out int length);
        return length > 0 && UnicodeCharacters.IsWord(rune.Value);
    }
}
