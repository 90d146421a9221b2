using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>How many UTF-16 units for each token a first look at a long text takes.</summary>
    private const int UnitsPerToken = 6;

    /// <summary>How many units past the limit a look must reach, so that the word at the limit is seen whole.</summary>
    private const int Margin = 256;

    /// <summary>
    /// How long a start of the text can be so that it has no more tokens than that. The start ends where the first token that does
    /// not fit begins, so white space after the last one that fits is part of it.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">How many tokens the start may have, special tokens not counted.</param>
    /// <param name="tokenCount">How many it has: what <see cref="CountTokens"/> gives for it.</param>
    /// <returns>The length of the start, in UTF-16 units; the text's length where all of it fits.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is negative.</exception>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which is not replaced.</exception>
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTokens);
        using WellFormedText wellFormed = WellFormed(text, nameof(text));
        ReadOnlySpan<char> chars = wellFormed.Chars;
        for (long look = FirstLook(maxTokens); look < chars.Length; look *= 2)
        {
            int end = EndOfWord(chars, (int)look);
            int index = StartWithin(chars[..end], maxTokens, out tokenCount);
            if (index < end - Margin)
            {
                return index;
            }
        }

        return StartWithin(chars, maxTokens, out tokenCount);
    }

    /// <summary>
    /// Where an end of the text begins that has no more tokens than that. The end begins where the last token that does not fit ends,
    /// so white space before the first one that fits is part of it, unless that white space would be a token too many.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">How many tokens the end may have, special tokens not counted.</param>
    /// <param name="tokenCount">How many it has: what <see cref="CountTokens"/> gives for it.</param>
    /// <returns>The place where the end begins, in UTF-16 units; 0 where all of the text fits.</returns>
    /// <remarks>
    /// An end that begins inside a word may have other tokens, and more of them, than the text has there; it is then cut shorter.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is negative.</exception>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which is not replaced.</exception>
    public int IndexOfTokenLimitFromEnd(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTokens);
        using WellFormedText wellFormed = WellFormed(text, nameof(text));
        ReadOnlySpan<char> chars = wellFormed.Chars;
        for (long look = FirstLook(maxTokens); look < chars.Length; look *= 2)
        {
            int start = StartOfWord(chars, chars.Length - (int)look);
            int index = EndWithin(chars[start..], maxTokens, out tokenCount);
            if (index > Margin)
            {
                return start + index;
            }
        }

        return EndWithin(chars, maxTokens, out tokenCount);
    }

    private static long FirstLook(int maxTokens) => ((long)maxTokens * UnitsPerToken) + (2 * Margin);

    /// <summary>The end of the word at <paramref name="index"/>, or a place nearby in a word that is very long.</summary>
    private static int EndOfWord(ReadOnlySpan<char> text, int index)
    {
        int limit = Math.Min(text.Length, index + (16 * Margin));
        while (index < limit && !char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        return index < text.Length && char.IsLowSurrogate(text[index]) ? index + 1 : index;
    }

    /// <summary>The white space before the word at <paramref name="index"/>, or a place nearby in a word that is very long.</summary>
    private static int StartOfWord(ReadOnlySpan<char> text, int index)
    {
        int limit = Math.Max(0, index - (16 * Margin));
        while (index > limit && !char.IsWhiteSpace(text[index]))
        {
            index--;
        }

        return index > 0 && char.IsLowSurrogate(text[index]) ? index - 1 : index;
    }

    private int StartWithin(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        using Workspace workspace = Workspace.Rent(text.Length);
        _content.Tokenize(text, workspace, withOffsets: true);
        tokenCount = workspace.Tokens.Count;
        if (tokenCount <= maxTokens)
        {
            return text.Length;
        }

        // A start cut inside a character's tokens, or inside a word, may read differently from the whole text: go back until not.
        for (int kept = maxTokens; kept > 0; kept--)
        {
            int index = workspace.Tokens.Ranges[kept].Start;
            if (index >= workspace.Tokens.Ranges[kept - 1].End && HasIds(text[..index], workspace.Tokens.Ids[..kept]))
            {
                tokenCount = kept;
                return index;
            }
        }

        tokenCount = 0;
        int start = workspace.Tokens.Ranges[0].Start;
        return CountTokens(text[..start]) == 0 ? start : 0;
    }

    private int EndWithin(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        using Workspace workspace = Workspace.Rent(text.Length);
        TokenBuffer tokens = workspace.Tokens;
        _content.Tokenize(text, workspace, withOffsets: true);
        tokenCount = tokens.Count;
        for (int first = tokenCount - maxTokens; first <= tokens.Count; first++)
        {
            if (first <= 0)
            {
                return 0;
            }

            int start = tokens.Ranges[first - 1].End;
            TokenOffset kept = first < tokens.Count ? tokens.Ranges[first] : new TokenOffset(text.Length, text.Length);
            if (start > kept.Start)
            {
                // Several tokens are of one character, and that is not cut.
                continue;
            }

            if (HasAtMost(text[start..], maxTokens, out tokenCount))
            {
                return start;
            }

            int word = text.Length - text[start..].TrimStart().Length;
            if (word > start && word < kept.End && HasAtMost(text[word..], maxTokens, out tokenCount))
            {
                return word;
            }
        }

        tokenCount = 0;
        return text.Length;
    }

    private bool HasAtMost(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        tokenCount = CountTokens(text);
        return tokenCount <= maxTokens;
    }

    private bool HasIds(ReadOnlySpan<char> text, ReadOnlySpan<int> ids)
    {
        using Workspace workspace = Workspace.Rent(text.Length);
        _content.Tokenize(text, workspace, withOffsets: false);
        return workspace.Tokens.Ids.SequenceEqual(ids);
    }
}
