using LocalRetrieval.Tokenizers.ByteLevel;

namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>What "trim_offsets" asks for: the offsets of a token leave out the white space that the token begins and ends with.</summary>
internal static class OffsetTrimming
{
    /// <summary>Trims the offsets of a text and of its windows.</summary>
    /// <param name="sequence">The tokens of one text, changed in place.</param>
    /// <param name="addPrefixSpace">Whether one space at the start is taken for one that the pre-tokenizer put there.</param>
    public static void Trim(EncodedSequence sequence, bool addPrefixSpace)
    {
        TrimTokens(sequence, addPrefixSpace);
        foreach (EncodedSequence window in sequence.Overflow)
        {
            TrimTokens(window, addPrefixSpace);
        }
    }

    private static void TrimTokens(EncodedSequence sequence, bool addPrefixSpace)
    {
        Span<TokenOffset> offsets = sequence.Offsets;
        for (int i = 0; i < offsets.Length; i++)
        {
            string token = sequence.Tokens[i];
            int leading = LeadingSpaces(token);
            int trailing = TrailingSpaces(token);
            (int start, int end) = (offsets[i].Start, offsets[i].End);
            bool isAdded = leading == 1 && addPrefixSpace && (i == 0 || start == 0);
            if (leading > 0 && !isAdded)
            {
                start = Math.Min(Forward(sequence.Text!, start, leading), end);
            }

            if (trailing > 0 && TryBack(sequence.Text!, end, trailing, out int trimmed))
            {
                end = Math.Max(trimmed, start);
            }

            offsets[i] = new TokenOffset(start, end);
        }
    }

    private static int LeadingSpaces(string token)
    {
        int count = 0;
        while (count < token.Length && IsSpace(token[count]))
        {
            count++;
        }

        return count;
    }

    private static int TrailingSpaces(string token)
    {
        int count = 0;
        while (count < token.Length && IsSpace(token[^(count + 1)]))
        {
            count++;
        }

        return count;
    }

    private static bool IsSpace(char unit) => unit == ByteCharacters.Space || char.IsWhiteSpace(unit);

    private static int Forward(string text, int index, int characters)
    {
        for (; characters > 0 && index < text.Length; characters--)
        {
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }

    private static bool TryBack(string text, int index, int characters, out int result)
    {
        for (; characters > 0 && index > 0; characters--)
        {
            index -= index > 1 && char.IsSurrogatePair(text, index - 2) ? 2 : 1;
        }

        result = index;
        return characters == 0;
    }
}
