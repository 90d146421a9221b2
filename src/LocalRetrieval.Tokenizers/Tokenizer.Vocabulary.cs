using LocalRetrieval.Tokenizers.AddedTokens;
using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>The number of tokens: those of the model, and the added tokens that it does not have.</summary>
    public int VocabularySize { get; }

    /// <summary>The largest id. Ids may have gaps, so it can be more than <see cref="VocabularySize"/> less one.</summary>
    public int MaxTokenId { get; }

    /// <summary>The id that the model gives for what its vocabulary lacks; null where it has none.</summary>
    public int? UnknownTokenId => _content.Model.Unknown?.Find(TokenToId);

    /// <summary>The tokens that are found in the text before the model sees it, special tokens among them, by id.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => Added.Tokens;

    private AddedVocabulary Added => _content.Added;

    private Vocabulary Vocabulary => _content.Model.Vocabulary;

    /// <summary>The tokens and their ids, in no order; a copy that is the caller's. For a few tokens ask <see cref="TokenToId"/>.</summary>
    /// <param name="includeAddedTokens">Whether the added tokens that the model does not have are among them.</param>
    public Dictionary<string, int> GetVocabulary(bool includeAddedTokens = true)
    {
        Dictionary<string, int> vocabulary = new(Vocabulary.Entries, StringComparer.Ordinal);
        if (includeAddedTokens)
        {
            foreach (AddedToken token in AddedTokens)
            {
                vocabulary[token.Content] = token.Id;
            }
        }

        return vocabulary;
    }

    /// <summary>The id of a token, or null where there is no such token.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="token"/> is null.</exception>
    public int? TokenToId(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Added.Id(token) ?? Vocabulary.Id(token);
    }

    /// <summary>The token of an id, or null where there is no such id; an added token as the normalizer leaves it.</summary>
    public string? IdToToken(int id) => Added.Text(id) ?? Vocabulary.Token(id);
}
