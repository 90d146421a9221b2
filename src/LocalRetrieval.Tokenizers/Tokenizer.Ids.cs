namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>How many UTF-16 units for each token a first look at a long text takes.</summary>
    private const int UnitsPerToken = 6;

    /// <summary>How many units past the limit a look must reach, so that the word at the limit is seen whole.</summary>
    private const int Margin = 256;

    /// <summary>The ids of a text's content: without special tokens, without truncation.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which is not replaced.</exception>
    public int[] EncodeToIds(ReadOnlySpan<char> text)
    {
        using Workspace workspace = Workspace.Rent(text.Length);
        _content.Tokenize(WellFormed(text, nameof(text)), workspace, withOffsets: false);
        return workspace.Tokens.Ids.ToArray();
    }

    /// <summary>How many tokens a text's content has, as <see cref="EncodeToIds"/> gives them.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which is not replaced.</exception>
    public int CountTokens(ReadOnlySpan<char> text)
    {
        using Workspace workspace = Workspace.Rent(text.Length);
        _content.Tokenize(WellFormed(text, nameof(text)), workspace, withOffsets: false);
        return workspace.Tokens.Count;
    }

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
        ReadOnlySpan<char> wellFormed = WellFormed(text, nameof(text));
        for (long look = ((long)maxTokens * UnitsPerToken) + (2 * Margin); look < wellFormed.Length; look *= 2)
        {
            int end = EndOfWord(wellFormed, (int)look);
            int index = IndexOfLimitWithin(wellFormed[..end], maxTokens, out tokenCount);
            if (index < end - Margin)
            {
                return index;
            }
        }

        return IndexOfLimitWithin(wellFormed, maxTokens, out tokenCount);
    }

    /// <summary>Where the first lone surrogate of a text is; -1 where the text is well-formed UTF-16.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        int index = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (index < 0)
        {
            return -1;
        }

        for (; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

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

    private int IndexOfLimitWithin(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
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

    private bool HasIds(ReadOnlySpan<char> text, ReadOnlySpan<int> ids)
    {
        using Workspace workspace = Workspace.Rent(text.Length);
        _content.Tokenize(text, workspace, withOffsets: false);
        return workspace.Tokens.Ids.SequenceEqual(ids);
    }

    private ReadOnlySpan<char> WellFormed(ReadOnlySpan<char> text, string parameter)
    {
        int lone = IndexOfLoneSurrogate(text);
        if (lone < 0)
        {
            return text;
        }

        if (_loneSurrogates == LoneSurrogateHandling.Throw)
        {
            throw new ArgumentException(
                $"The text is not well-formed UTF-16: there is a lone surrogate, U+{(int)text[lone]:X4}, at char {lone}. "
                + $"Mend the text, or set {nameof(TokenizerOptions)}.{nameof(TokenizerOptions.LoneSurrogates)} to "
                + $"{nameof(LoneSurrogateHandling.Replace)}.",
                parameter);
        }

        char[] copy = text.ToArray();
        for (int next = 0; next >= 0; lone += 1 + next)
        {
            copy[lone] = '\uFFFD';
            next = IndexOfLoneSurrogate(copy.AsSpan(lone + 1));
        }

        return copy;
    }
}
