namespace LocalRetrieval.Testing;

/// <summary>
/// Cuts words into tokens of six units, never inside a surrogate pair. With <c>countLineFeeds</c> a line feed is a token too, as it
/// is to some models, so that a whole has more tokens than its trimmed parts.
/// </summary>
public sealed class WordTokenCounter(int? maxTokens = null, bool countLineFeeds = false) : ITokenCounter
{
    private const int PieceLength = 6;

    public int? MaxTokens => maxTokens;

    public int CountTokens(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        for (int index = 0; index < text.Length; tokens += Next(text, ref index) ? 1 : 0)
        {
        }

        return tokens;
    }

    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTokens);
        tokenCount = 0;
        int index = 0;
        while (index < text.Length)
        {
            int next = index;
            bool token = Next(text, ref next);
            if (token && tokenCount == maxTokens)
            {
                return index;
            }

            tokenCount += token ? 1 : 0;
            index = next;
        }

        return index;
    }

    private bool Next(ReadOnlySpan<char> text, ref int index)
    {
        if (char.IsWhiteSpace(text[index]))
        {
            return text[index++] == '\n' && countLineFeeds;
        }

        int end = index;
        while (end < text.Length && end - index < PieceLength && !char.IsWhiteSpace(text[end]))
        {
            end += end + 1 < text.Length && char.IsSurrogatePair(text[end], text[end + 1]) ? 2 : 1;
        }

        index = end;
        return true;
    }
}
