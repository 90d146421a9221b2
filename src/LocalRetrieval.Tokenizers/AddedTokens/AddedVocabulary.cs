using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Normalizers;

namespace LocalRetrieval.Tokenizers.AddedTokens;

/// <summary>The section "added_tokens".</summary>
/// <remarks>
/// As in the reference since 0.22.2, a token that the model knows has the model's id, and the others are numbered from the size of
/// the model's vocabulary on, whatever ids it uses. (Older versions go on from the largest id of the added tokens before.) The ids
/// in the file are not used; they are the same in a file that the reference wrote, unless the ids of the model have gaps.
/// </remarks>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, AddedToken> _tokens = [];
    private readonly Dictionary<int, string> _normalizedForms = [];
    private readonly HashSet<string> _special = new(StringComparer.Ordinal);

    /// <param name="tokens">The tokens, in the order in which they are added.</param>
    /// <param name="model">The model.</param>
    /// <param name="normalizer">What normalized tokens go through.</param>
    public AddedVocabulary(IEnumerable<AddedToken> tokens, Model model, Normalizer? normalizer)
    {
        int nextId = model.Vocabulary.Count;
        foreach (AddedToken token in tokens.Where(token => token.Content.Length > 0))
        {
            int id = Id(token.Content) ?? model.Vocabulary.Id(token.Content) ?? nextId++;
            _ids[token.Content] = id;
            _tokens[id] = token with { Id = id };
            if (token.Normalized && normalizer?.Normalize(token.Content) is { } normalized && normalized != token.Content)
            {
                _normalizedForms[id] = normalized;
            }

            if (token.Special)
            {
                _special.Add(token.Content);
            }
        }

        AddedCount = _ids.Keys.Count(content => model.Vocabulary.Id(content) is null);
        Tokens = [.. _tokens.Values];
        InText = new AddedTokenMatcher(Tokens.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        InNormalizedText = new AddedTokenMatcher(Tokens.Where(token => token.Normalized).Select(token => (Text(token), token)));
    }

    /// <summary>The tokens in the order of their ids.</summary>
    public IReadOnlyList<AddedToken> Tokens { get; }

    /// <summary>How many of them the model does not know.</summary>
    public int AddedCount { get; }

    /// <summary>Finds those that are looked for in the text as it is.</summary>
    public AddedTokenMatcher InText { get; }

    /// <summary>Finds those that are looked for in the normalized text.</summary>
    public AddedTokenMatcher InNormalizedText { get; }

    /// <summary>Reads the section of a file's root.</summary>
    public static AddedToken[] ReadTokens(JsonField root) =>
        root.Has("added_tokens") ? [.. root["added_tokens"].Elements().Select(ReadToken)] : [];

    public int? Id(string content) => _ids.TryGetValue(content, out int id) ? id : null;

    /// <summary>What decoding shows for an id: as in the reference, the normalized form of a normalized token.</summary>
    public string? Text(int id) => _tokens.TryGetValue(id, out AddedToken? token) ? Text(token) : null;

    public bool IsSpecial(string text) => _special.Contains(text);

    private string Text(AddedToken token) => _normalizedForms.GetValueOrDefault(token.Id, token.Content);

    private static AddedToken ReadToken(JsonField field)
    {
        field.RefuseRepeated();
        return new AddedToken
        {
            Id = field["id"].Id(),
            Content = field["content"].String(),
            SingleWord = field["single_word"].Boolean(),
            LeftStrip = field["lstrip"].Boolean(),
            RightStrip = field["rstrip"].Boolean(),
            Normalized = field["normalized"].Boolean(),
            Special = field["special"].Boolean(),
        };
    }
}
