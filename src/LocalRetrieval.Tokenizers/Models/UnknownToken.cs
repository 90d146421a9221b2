using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>
/// The token of what the vocabulary lacks. As in the reference, it may be missing from the vocabulary itself, which is an error only
/// once a text needs it.
/// </summary>
/// <param name="content">Its text, null where the file names none.</param>
/// <param name="id">Its id, null where the vocabulary lacks it.</param>
internal sealed class UnknownToken(string? content, int? id)
{
    private readonly string _content = content is null ? "no unknown token" : $"the unknown token '{content}', which its vocabulary lacks";

    /// <summary>Whether the vocabulary has it.</summary>
    public bool IsKnown => id is not null;

    /// <summary>Its id.</summary>
    /// <exception cref="InvalidOperationException">The vocabulary lacks it.</exception>
    public int Id => id ?? throw new InvalidOperationException(
        $"The text holds what the tokenizer's vocabulary lacks, and its model has {_content}. Add the token to the file's vocabulary.");

    /// <summary>Its id among all tokens, added ones included; null where it has none.</summary>
    /// <param name="tokenToId">The id of a token.</param>
    public int? Find(Func<string, int?> tokenToId) => content is null ? id : tokenToId(content);

    /// <summary>Reads the field "unk_token".</summary>
    public static UnknownToken Read(JsonField field, Vocabulary vocabulary) => new(field.String(), vocabulary.Id(field.String()));

    /// <summary>Whether that is its id.</summary>
    public bool Is(int other) => id == other;
}
