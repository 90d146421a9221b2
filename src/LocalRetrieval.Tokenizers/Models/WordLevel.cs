using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>"WordLevel": each word is one token, or the unknown token.</summary>
internal sealed class WordLevel : Model
{
    private readonly UnknownToken _unknown;

    private WordLevel(Vocabulary vocabulary, UnknownToken unknown)
    {
        Vocabulary = vocabulary;
        _unknown = unknown;
    }

    public override Vocabulary Vocabulary { get; }

    public override UnknownToken? Unknown => _unknown;

    /// <summary>Reads the component's section.</summary>
    /// <exception cref="InvalidDataException">A field is missing or wrong.</exception>
    public static WordLevel Read(JsonField section)
    {
        Vocabulary vocabulary = Vocabulary.Read(section["vocab"]);
        return new WordLevel(vocabulary, UnknownToken.Read(section["unk_token"], vocabulary));
    }

    public override void Tokenize(ReadOnlySpan<char> word, TokenBuffer tokens) =>
        tokens.Add(Vocabulary.Id(word) ?? _unknown.Id, 0, word.Length);
}
