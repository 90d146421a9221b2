using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>"WordPiece": the longest piece that the word begins with, and so on; the unknown token where one step fails.</summary>
internal sealed class WordPiece : Model
{
    private readonly LongestPieceTable _first;
    private readonly LongestPieceTable _continuing;
    private readonly UnknownToken _unknown;
    private readonly int _maxCharacters;
    private readonly WordCache _cache = new();

    public WordPiece(Vocabulary vocabulary, UnknownToken unknown, string continuingPrefix, int maxCharacters)
    {
        Vocabulary = vocabulary;
        _unknown = unknown;
        _maxCharacters = maxCharacters;
        _first = new LongestPieceTable(vocabulary.Entries);
        _continuing = continuingPrefix.Length == 0 ? _first : new LongestPieceTable(
            [.. vocabulary.Entries
                .Where(entry => entry.Key.StartsWith(continuingPrefix, StringComparison.Ordinal))
                .Select(entry => KeyValuePair.Create(entry.Key[continuingPrefix.Length..], entry.Value))]);
    }

    public override Vocabulary Vocabulary { get; }

    public override UnknownToken? Unknown => _unknown;

    /// <summary>Reads the component's section.</summary>
    /// <exception cref="InvalidDataException">A field is missing or wrong.</exception>
    public static WordPiece Read(JsonField section)
    {
        Vocabulary vocabulary = Vocabulary.Read(section["vocab"]);
        return new WordPiece(
            vocabulary,
            UnknownToken.Read(section["unk_token"], vocabulary),
            section["continuing_subword_prefix"].String(),
            section["max_input_chars_per_word"].Count());
    }

    public override void Tokenize(ReadOnlySpan<char> word, TokenBuffer tokens)
    {
        if (_cache.TryAdd(word, tokens, out int slot))
        {
            return;
        }

        int before = tokens.Count;
        int start = IsTooLong(word) ? 0 : TokenizePieces(word, tokens);
        if (start < word.Length)
        {
            tokens.Truncate(before);
            tokens.Add(_unknown.Id, 0, word.Length);
        }

        _cache.Keep(word, slot, tokens, before);
    }

    /// <returns>How much of the word pieces cover.</returns>
    private int TokenizePieces(ReadOnlySpan<char> word, TokenBuffer tokens)
    {
        int start = 0;
        while (start < word.Length)
        {
            LongestPieceTable pieces = start == 0 ? _first : _continuing;
            int length = pieces.LongestStart(word[start..], out int id);
            if (length == 0)
            {
                break;
            }

            tokens.Add(id, start, start + length);
            start += length;
        }

        return start;
    }

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        if (word.Length <= _maxCharacters)
        {
            return false;
        }

        int characters = 0;
        foreach (Rune _ in word.EnumerateRunes())
        {
            characters++;
        }

        return characters > _maxCharacters;
    }
}
