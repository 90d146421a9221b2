using System.Buffers;
using System.Text;
using LocalRetrieval.Tokenizers.Unicode;

namespace LocalRetrieval.Tokenizers.AddedTokens;

/// <summary>Finds added tokens in a text: leftmost first, and the longest of those that begin at one place.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly SearchValues<char> _firstUnits;
    private readonly Dictionary<char, (string Pattern, AddedToken Token)[]> _byFirstUnit;

    /// <param name="patterns">What to look for, and the token that it stands for.</param>
    public AddedTokenMatcher(IEnumerable<(string Pattern, AddedToken Token)> patterns)
    {
        _byFirstUnit = patterns
            .Where(entry => entry.Pattern.Length > 0)
            .GroupBy(entry => entry.Pattern[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Pattern.Length).ToArray());
        _firstUnits = SearchValues.Create([.. _byFirstUnit.Keys]);
    }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => _byFirstUnit.Count == 0;

    /// <summary>Adds the tokens in <paramref name="text"/> to <paramref name="matches"/>, in the text's order.</summary>
    public void Find(ReadOnlySpan<char> text, List<AddedTokenMatch> matches)
    {
        int previousEnd = 0;
        int spaceEnd = 0;
        for (int at = Next(text, 0); at >= 0; at = Next(text, at))
        {
            if (Longest(text[at..]) is not { } found)
            {
                at++;
                continue;
            }

            int start = at;
            at += found.Pattern.Length;
            AddedToken token = found.Token;
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

    private (string Pattern, AddedToken Token)? Longest(ReadOnlySpan<char> text)
    {
        foreach ((string Pattern, AddedToken Token) entry in _byFirstUnit[text[0]])
        {
            if (text.StartsWith(entry.Pattern, StringComparison.Ordinal))
            {
                return entry;
            }
        }

        return null;
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
