namespace LocalRetrieval.Tokenizers.Models;

/// <summary>
/// Where BPE can cut a word beforehand and still get the same tokens: before a "▁", the space of SentencePiece, where no merge joins
/// it to the character that stands there. Files that come from SentencePiece have no pre-tokenizer, so that a word is a whole text.
/// </summary>
internal sealed class SpaceCuts
{
    private const char Space = '\u2581';

    private readonly bool _isPossible;

    /// <summary>The units that a merge joins a "▁" to.</summary>
    private readonly HashSet<char> _joined = [];

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="merges">The pairs that merge.</param>
    /// <param name="options">What else the model does.</param>
    /// <param name="byteIds">The tokens of the bytes that unknown characters become, -1 for those that are missing; null for none.</param>
    public SpaceCuts(Vocabulary vocabulary, BpeMergeTable merges, BpeOptions options, int[]? byteIds)
    {
        // An unknown character that is left out moves the ranges of what follows, across any cut.
        bool losesNothing = options.Unknown is not null || (byteIds is not null && !byteIds.Contains(-1));
        bool isPlain = !options.IgnoreMerges && options.ContinuingPrefix.Length + options.EndSuffix.Length == 0;
        _isPossible = losesNothing && isPlain && vocabulary.HasUniqueIds && vocabulary.Id([Space]) is not null;
        HashSet<int> substitutes = [.. byteIds ?? [], options.Unknown is { IsKnown: true } unknown ? unknown.Id : -1];
        foreach ((int left, int right) in _isPossible ? merges.Pairs : [])
        {
            bool joinsSpace = vocabulary.Token(right) is [Space, ..];
            if (joinsSpace && vocabulary.Token(left) is [.., char last])
            {
                _joined.Add(last);
            }

            // A symbol that ends with a substitute does not end with the character that stands there.
            _isPossible &= !substitutes.Contains(right) && !(joinsSpace && substitutes.Contains(left));
        }
    }

    /// <summary>Where the next part of a word ends that is tokenized by itself.</summary>
    public int NextCut(ReadOnlySpan<char> word, int start)
    {
        for (int index = start + 1; _isPossible && index < word.Length; index++)
        {
            int next = word[index..].IndexOf(Space);
            if (next < 0)
            {
                break;
            }

            index += next;
            if (!_joined.Contains(word[index - 1]))
            {
                return index;
            }
        }

        return word.Length;
    }
}
