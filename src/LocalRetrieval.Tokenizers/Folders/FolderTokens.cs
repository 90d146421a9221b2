using LocalRetrieval.Tokenizers.AddedTokens;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>The added tokens of a folder: those of its tokenizer.json, and those that its other files name.</summary>
internal static class FolderTokens
{
    /// <summary>
    /// The added tokens in the order in which the reference adds them, and so numbers those that the model lacks. Of two with one
    /// content the later holds.
    /// </summary>
    /// <param name="added">Those of tokenizer.json.</param>
    /// <param name="config">What the other files say.</param>
    public static IReadOnlyList<AddedToken> Join(IReadOnlyList<AddedToken> added, FolderConfig config)
    {
        AddedToken[] special = [.. config.Roles, .. config.Additional];
        HashSet<string> specialContents = [.. special.Select(token => token.Content)];
        List<AddedToken> joined = [.. added];
        joined.AddRange(config.Declared.Select(token => specialContents.Contains(token.Content) ? token with { Special = true } : token));
        HashSet<string> known = [.. joined.Select(token => token.Content)];
        joined.AddRange(config.Older.Concat(special).Where(token => known.Add(token.Content)));
        return joined;
    }

    /// <summary>The tokens that play a part, with their ids.</summary>
    public static SpecialTokens Roles(AddedVocabulary vocabulary, FolderConfig config)
    {
        Dictionary<string, AddedToken> added = vocabulary.Tokens.ToDictionary(token => token.Content, StringComparer.Ordinal);
        return new SpecialTokens
        {
            Unknown = Role("unk_token"),
            Pad = Role("pad_token"),
            Cls = Role("cls_token"),
            Sep = Role("sep_token"),
            Mask = Role("mask_token"),
            Bos = Role("bos_token"),
            Eos = Role("eos_token"),
        };

        AddedToken? Role(string field) => config.Role(field) is { } token ? added.GetValueOrDefault(token.Content) : null;
    }
}
