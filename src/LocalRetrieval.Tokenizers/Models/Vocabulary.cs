using System.Text.Json;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Models;

/// <summary>The tokens of a model, both ways.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly TokenTexts _texts;

    private Vocabulary(Dictionary<string, int> ids, int count, TokenTexts texts)
    {
        _ids = ids;
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _texts = texts;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The largest id, -1 where there is no token.</summary>
    public int MaxId => _texts.MaxId;

    /// <summary>Whether no two tokens have one id.</summary>
    public bool HasUniqueIds => _texts.Count == _ids.Count;

    public IReadOnlyCollection<KeyValuePair<string, int>> Entries => _ids;

    /// <summary>Reads an object whose keys are tokens and whose values are ids.</summary>
    public static Vocabulary Read(JsonField section)
    {
        Dictionary<string, int> ids = new(section.EntryCount, StringComparer.Ordinal);
        if (!TryReadEntries(section, ids))
        {
            ids.Clear();
            foreach ((string token, JsonField id) in section.Members())
            {
                ids[token] = id.Id();
            }
        }

        return FromIds(ids);
    }

    /// <summary>Tokens with their ids.</summary>
    public static Vocabulary FromIds(Dictionary<string, int> ids) => new(ids, ids.Count, TokenTexts.FromIds(ids));

    /// <summary>Tokens whose ids are their places; a token that comes twice has the last.</summary>
    public static Vocabulary FromTokens(string[] tokens)
    {
        Dictionary<string, int> ids = new(tokens.Length, StringComparer.Ordinal);
        for (int id = 0; id < tokens.Length; id++)
        {
            ids[tokens[id]] = id;
        }

        return new Vocabulary(ids, tokens.Length, TokenTexts.FromPlaces(tokens));
    }

    public int? Id(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    public int? Id(ReadOnlySpan<char> token) => _idsBySpan.TryGetValue(token, out int id) ? id : null;

    public string? Token(int id) => _texts[id];

    /// <summary>Reads the entries in one go; what is not as it should be is left to the slow way, which says where it is.</summary>
    private static bool TryReadEntries(JsonField section, Dictionary<string, int> ids)
    {
        Utf8JsonReader reader = new(section.Utf8Json);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Utf8JsonText.TryRead(ref reader, out string token)
                || !reader.Read()
                || reader.TokenType != JsonTokenType.Number
                || !reader.TryGetInt32(out int id)
                || id is < 0 or int.MaxValue
                || reader.ValueSpan[0] == '-')
            {
                return false;
            }

            ids[token] = id;
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }
}
