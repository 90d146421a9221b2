using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>What a folder says of its tokenizer besides the tokenizer itself.</summary>
/// <remarks>
/// As in transformers, special_tokens_map.json and added_tokens.json count only where tokenizer_config.json has no
/// "added_tokens_decoder", which came after them; there the map comes before tokenizer_config.json.
/// </remarks>
internal sealed class FolderConfig
{
    private const string FastSuffix = "Fast";

    /// <summary>The fields of special tokens, in the order in which the reference adds those that a vocabulary lacks.</summary>
    private static readonly string[] RoleFields =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    private readonly JsonField? _config;
    private readonly JsonField? _map;
    private readonly bool _hasTokenizerJson;
    private readonly Dictionary<string, AddedToken> _roles = [];
    private readonly HashSet<string> _usualRoles = [];

    public FolderConfig(FolderFiles files)
    {
        _hasTokenizerJson = files.Has(TokenizerReader.FileName);
        _config = files.Json(FolderFiles.Config);
        JsonField? decoder = _config?.Optional("added_tokens_decoder");
        _map = decoder is null ? files.Json(FolderFiles.SpecialTokensMap) : null;
        ClassField = FindClass(files.Json(FolderFiles.ModelConfig), out string? className);
        ClassName = className;
        Class = TokenizerClass.ByName.GetValueOrDefault(className ?? (files.Has(FolderFiles.PieceVocabulary) ? "BertTokenizer" : ""));
        Declared = decoder is { } entries ? [.. ReadEntries(entries)] : [];
        ReadRoles();
        Additional = [.. ReadAdditional()];
        Older = decoder is null && files.Json(FolderFiles.AddedTokens) is { } older ? [.. ReadOlder(older)] : [];
    }

    /// <summary>The name of the tokenizer's class, without "Fast"; null where nothing names it.</summary>
    public string? ClassName { get; }

    /// <summary>Where the class is named; null where nothing names it.</summary>
    public JsonField? ClassField { get; }

    /// <summary>The class, BERT's for a vocab.txt without a name; null where it cannot be built from the older files.</summary>
    public TokenizerClass? Class { get; }

    /// <summary>The tokens of "added_tokens_decoder", by id.</summary>
    public IReadOnlyList<AddedToken> Declared { get; }

    /// <summary>The tokens of added_tokens.json, by id.</summary>
    public IReadOnlyList<AddedToken> Older { get; }

    /// <summary>The special tokens that have no part to play.</summary>
    public IReadOnlyList<AddedToken> Additional { get; }

    /// <summary>
    /// The special tokens that play a part, in the order in which those that are new are added. Beside a tokenizer.json, those that only
    /// the class names are not among them: a model has no rows for tokens that none of its files names.
    /// </summary>
    public IEnumerable<AddedToken> Roles => RoleFields
        .Where(name => _roles.ContainsKey(name) && !(_hasTokenizerJson && _usualRoles.Contains(name)))
        .Select(name => _roles[name]);

    /// <summary>The most tokens that the model reads, or null where that is unknown.</summary>
    public int? ModelMaxLength
    {
        get
        {
            if ((_config?.Optional("model_max_length") ?? _config?.Optional("max_len")) is not { } limit)
            {
                return null;
            }

            return limit.Number() switch
            {
                < 1 => throw limit.Invalid($"{limit.Number()}", "1 or more"),
                > int.MaxValue => null,
                double length => (int)length,
            };
        }
    }

    /// <summary>The token that plays a part, or null where none does.</summary>
    public AddedToken? Role(string field) => _roles.GetValueOrDefault(field);

    /// <summary>Whether tokenizer_config.json has a field, be it null.</summary>
    public bool Has(string field) => _config?.Has(field) ?? false;

    /// <summary>A setting of tokenizer_config.json, or null where it is missing or null.</summary>
    public bool? Flag(string field) => _config?.Optional(field)?.Boolean();

    private JsonField? FindClass(JsonField? modelConfig, out string? name)
    {
        JsonField? field = _config?.Optional("tokenizer_class") ?? modelConfig?.Optional("tokenizer_class");
        name = field?.String();
        if (name is null)
        {
            field = modelConfig?.Optional("model_type");
            name = field is { } type ? TokenizerClass.ByModelType.GetValueOrDefault(type.String()) : null;
            return field;
        }

        name = name.EndsWith(FastSuffix, StringComparison.Ordinal) ? name[..^FastSuffix.Length] : name;
        return field;
    }

    private static IEnumerable<AddedToken> ReadEntries(JsonField entries) =>
        entries.Members().Select(entry => TokenReader.ReadEntry(entry.Name, entry.Value)).OrderBy(token => token.Id);

    private void ReadRoles()
    {
        foreach (string field in RoleFields)
        {
            if (ReadRole(field) is { } token)
            {
                _roles[field] = token;
            }
        }
    }

    private AddedToken? ReadRole(string field)
    {
        if ((_map?.Has(field) == true ? _map : _config?.Has(field) == true ? _config : null) is { } file)
        {
            return file.Optional(field) is { } value ? Resolve(value, field) : null;
        }

        if (Class is null || !Class.Roles.TryGetValue(field, out string? content))
        {
            return null;
        }

        _usualRoles.Add(field);
        return Resolve(content, field);
    }

    private AddedToken Resolve(JsonField value, string field) =>
        value.IsString ? Resolve(value.String(), field) : TokenReader.ReadSpecial(value);

    private AddedToken Resolve(string content, string field) =>
        Declared.FirstOrDefault(token => token.Content == content)
        ?? TokenReader.Special(content) with { LeftStrip = field == "mask_token" && Class is { MaskTakesSpace: true } };

    private IEnumerable<AddedToken> ReadAdditional()
    {
        JsonField?[] lists =
        [
            _config?.Optional("additional_special_tokens"), _map?.Optional("additional_special_tokens"), _config?.Optional("extra_special_tokens"),
        ];
        foreach (JsonField list in lists.OfType<JsonField>())
        {
            IEnumerable<JsonField> values = list.IsArray ? list.Elements() : list.Members().Select(member => member.Value);
            foreach (JsonField value in values)
            {
                yield return Resolve(value, "");
            }
        }
    }

    private IEnumerable<AddedToken> ReadOlder(JsonField file)
    {
        HashSet<string> special = [.. Roles.Concat(Additional).Select(token => token.Content)];
        return file.Members()
            .Select(entry => new AddedToken
            {
                Id = entry.Value.Id(),
                Content = entry.Name,
                Special = special.Contains(entry.Name),
                Normalized = !special.Contains(entry.Name),
            })
            .OrderBy(token => token.Id);
    }
}
