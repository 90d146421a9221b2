namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The token of each id: an array where the ids are dense, or else a table.</summary>
internal sealed class TokenTexts
{
    private const int Sparseness = 4;

    private readonly string?[] _dense = [];
    private readonly Dictionary<int, string>? _sparse;

    private TokenTexts(string?[] dense, Dictionary<int, string>? sparse, int maxId, int count)
    {
        _dense = dense;
        _sparse = sparse;
        MaxId = maxId;
        Count = count;
    }

    /// <summary>The largest id, -1 where there is none.</summary>
    public int MaxId { get; }

    /// <summary>How many ids there are.</summary>
    public int Count { get; }

    /// <summary>The token of an id, or null where there is no such id.</summary>
    public string? this[int id] => _sparse is not null ? _sparse.GetValueOrDefault(id) : (uint)id < (uint)_dense.Length ? _dense[id] : null;

    /// <summary>Tokens whose ids are their places.</summary>
    public static TokenTexts FromPlaces(string[] tokens) => new(tokens, null, tokens.Length - 1, tokens.Length);

    /// <summary>Tokens by id; of two for one id the later holds.</summary>
    public static TokenTexts FromIds(Dictionary<string, int> ids)
    {
        int maxId = -1;
        foreach (int id in ids.Values)
        {
            maxId = Math.Max(maxId, id);
        }

        return maxId / Sparseness <= ids.Count ? Dense(ids, maxId) : Sparse(ids, maxId);
    }

    private static TokenTexts Dense(Dictionary<string, int> ids, int maxId)
    {
        string?[] texts = new string?[maxId + 1];
        int count = 0;
        foreach ((string token, int id) in ids)
        {
            count += texts[id] is null ? 1 : 0;
            texts[id] = token;
        }

        return new TokenTexts(texts, null, maxId, count);
    }

    private static TokenTexts Sparse(Dictionary<string, int> ids, int maxId)
    {
        Dictionary<int, string> texts = new(ids.Count);
        foreach ((string token, int id) in ids)
        {
            texts[id] = token;
        }

        return new TokenTexts([], texts, maxId, texts.Count);
    }
}
