namespace LocalRetrieval.Tokenizers.Models;

/// <summary>
/// Remembers which tokens, as words, are cut into themselves alone. Most words of a text are such tokens, and need no merging once
/// this is known.
/// </summary>
/// <remarks>
/// Thread-safe: each token has a byte that is written once it is known, and always with the same value. Not every token that is a
/// word is cut into itself, since merges of its parts may come first.
/// </remarks>
internal sealed class WholeWords
{
    private const byte Whole = 1;
    private const byte NotWhole = 2;

    private readonly Vocabulary _vocabulary;
    private readonly byte[] _states;

    public WholeWords(Vocabulary vocabulary)
    {
        _vocabulary = vocabulary;

        // Where ids are few for their range, or stand for two tokens, nothing is remembered.
        bool isDense = vocabulary.HasUniqueIds && vocabulary.MaxId / 4 <= vocabulary.Count;
        _states = isDense ? new byte[vocabulary.MaxId + 1] : [];
    }

    /// <summary>Whether a word is known to be cut into one token, itself.</summary>
    /// <param name="word">The word.</param>
    /// <param name="id">The token that the word is, if there is still to be learned whether it is cut into itself; or else -1.</param>
    public bool TryFind(ReadOnlySpan<char> word, out int id)
    {
        id = _states.Length > 0 ? _vocabulary.Id(word) ?? -1 : -1;
        if (id < 0 || _states[id] == 0)
        {
            return false;
        }

        bool isWhole = _states[id] == Whole;
        id = isWhole ? id : -1;
        return isWhole;
    }

    /// <summary>Remembers what a word that is the token <paramref name="id"/> was cut into.</summary>
    public void Learn(int id, bool isWhole) => _states[id] = isWhole ? Whole : NotWhole;
}
