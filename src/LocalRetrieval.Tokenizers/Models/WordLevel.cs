using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>"WordLevel": each word is one token, or the unknown token.</summary>
internal sealed class WordLevel : Model
{
    private readonly int _unknownId;

    private WordLevel(Vocabulary vocabulary, int unknownId)
    {
        Vocabulary = vocabulary;
        _unknownId = unknownId;
    }

    public override Vocabulary Vocabulary { get; }

    /// <summary>Reads the component's section.</summary>
    /// <exception cref="InvalidDataException">The vocabulary lacks the unknown token, or a field is missing or wrong.</exception>
    public static WordLevel Read(JsonField section)
    {
        Vocabulary vocabulary = Vocabulary.Read(section["vocab"]);
        JsonField unknown = section["unk_token"];
        int unknownId = vocabulary.Id(unknown.String()) ?? throw unknown.Invalid($"'{unknown.String()}'", "a token of the vocabulary");
        return new WordLevel(vocabulary, unknownId);
    }

    public override void Tokenize(ReadOnlySpan<char> word, TokenBuffer tokens) =>
        tokens.Add(Vocabulary.Id(word) ?? _unknownId, 0, word.Length);
}
