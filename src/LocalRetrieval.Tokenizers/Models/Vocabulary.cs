using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The tokens of a model, both ways.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly Dictionary<int, string> _tokens;

    private Vocabulary(Dictionary<string, int> ids, int count)
    {
        _ids = ids;
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _tokens = new Dictionary<int, string>(ids.Count);
        Count = count;
        foreach ((string token, int id) in ids)
        {
            _tokens[id] = token;
            MaxId = Math.Max(MaxId, id);
        }
    }

    public int Count { get; }

    /// <summary>The largest id, -1 where there is no token.</summary>
    public int MaxId { get; private init; } = -1;

    /// <summary>Whether no two tokens have one id.</summary>
    public bool HasUniqueIds => _tokens.Count == _ids.Count;

    public IReadOnlyCollection<KeyValuePair<string, int>> Entries => _ids;

    /// <summary>Reads an object whose keys are tokens and whose values are ids.</summary>
    public static Vocabulary Read(JsonField section)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        foreach ((string token, JsonField id) in section.Members())
        {
            ids[token] = id.Id();
        }

        return new Vocabulary(ids, ids.Count);
    }

    /// <summary>Tokens whose ids are their places; a token that comes twice has the last.</summary>
    public static Vocabulary FromTokens(IReadOnlyList<string> tokens)
    {
        Dictionary<string, int> ids = new(tokens.Count, StringComparer.Ordinal);
        for (int id = 0; id < tokens.Count; id++)
        {
            ids[tokens[id]] = id;
        }

        Vocabulary vocabulary = new(ids, tokens.Count) { MaxId = tokens.Count - 1 };
        for (int id = 0; id < tokens.Count; id++)
        {
            vocabulary._tokens[id] = tokens[id];
        }

        return vocabulary;
    }

    public int? Id(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    public int? Id(ReadOnlySpan<char> token) => _idsBySpan.TryGetValue(token, out int id) ? id : null;

    public string? Token(int id) => _tokens.GetValueOrDefault(id);
}
