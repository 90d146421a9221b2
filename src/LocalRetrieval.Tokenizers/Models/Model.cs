namespace LocalRetrieval.Tokenizers.Models;

/// <summary>Cuts a word into tokens of a vocabulary. Implementations are immutable and thread-safe.</summary>
internal abstract class Model
{
    /// <summary>The tokens and their ids.</summary>
    public abstract Vocabulary Vocabulary { get; }

    /// <summary>The token of what the vocabulary lacks; null where there is none.</summary>
    public abstract UnknownToken? Unknown { get; }

    /// <summary>Adds the tokens of a word to <paramref name="tokens"/>, with ranges in UTF-16 units of the word.</summary>
    public abstract void Tokenize(ReadOnlySpan<char> word, TokenBuffer tokens);

    /// <summary>What <see cref="TokenEncoding.Tokens"/> shows for a token of this model.</summary>
    /// <param name="id">The token.</param>
    /// <param name="covered">The part of the normalized text that it covers.</param>
    public virtual string Text(int id, ReadOnlySpan<char> covered) => Vocabulary.Token(id) ?? covered.ToString();
}
