using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Models;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>
/// Reads a folder as transformers' fast tokenizers do: its tokenizer.json, changed by what tokenizer_config.json says otherwise; or,
/// where there is none, what the converters of transformers make of the older files.
/// </summary>
internal static class TokenizerFolder
{
    private const int BertCharacterLimit = 100;

    /// <summary>Builds the tokenizer of a folder.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Load(FolderFiles files, TokenizerOptions options)
    {
        FolderConfig config = new(files);
        return files.Has(TokenizerReader.FileName)
            ? TokenizerReader.Read(files.Bytes(TokenizerReader.FileName), files.PathOf(TokenizerReader.FileName), options, config)
            : Build(files, config, options);
    }

    private static Tokenizer Build(FolderFiles files, FolderConfig config, TokenizerOptions options)
    {
        TokenizerClass tokenizerClass = ClassOf(files, config);
        bool hasPieces = tokenizerClass.Family is TokenizerFamily.Bert or TokenizerFamily.Funnel or TokenizerFamily.MPNet;
        Vocabulary vocabulary = hasPieces ? VocabularyFile.Read(files) : Vocabulary.Read(files.Json(FolderFiles.PairVocabulary) ?? throw Missing());
        ComponentWriter components = new(files, config, vocabulary);
        Model model = hasPieces
            ? new WordPiece(vocabulary, new UnknownToken(null, components.Token("unk_token").Id), "##", BertCharacterLimit)
            : new Bpe(
                vocabulary,
                MergesFile.Read(files, vocabulary, isStrict: tokenizerClass.Family != TokenizerFamily.Qwen2),
                new BpeOptions(null, FuseUnknown: false, ByteFallback: false, IgnoreMerges: false, ContinuingPrefix: "", EndSuffix: ""));
        JsonField parts = JsonField.Parse(components.Write(tokenizerClass.Family), files.PathOf(FolderFiles.Config));
        Tokenizer tokenizer = TokenizerReader.Assemble(parts, model, [], options, config);
        CheckIds(tokenizer, files, config);
        return tokenizer;

        FileNotFoundException Missing() => new(
            $"There is no tokenizer at '{files.PathOf(FolderFiles.PairVocabulary)}'.", files.PathOf(FolderFiles.PairVocabulary));
    }

    private static TokenizerClass ClassOf(FolderFiles files, FolderConfig config)
    {
        if (config.Class is { } known)
        {
            return known;
        }

        string supported = $"{string.Join(", ", TokenizerClass.ByName.Keys)}; for others, a {TokenizerReader.FileName}, "
            + "which save_pretrained of the class's fast tokenizer writes";
        throw config.ClassField is { } field
            ? field.Invalid($"'{field.String()}', in a folder without {TokenizerReader.FileName}", supported)
            : new InvalidDataException(
                $"{files.PathOf(FolderFiles.Config)}: $.tokenizer_class is missing, in a folder without {TokenizerReader.FileName}; supported: {supported}.");
    }

    /// <summary>Ids that are written down must be those that the tokens have.</summary>
    private static void CheckIds(Tokenizer tokenizer, FolderFiles files, FolderConfig config)
    {
        string file = config.Declared.Count > 0 ? FolderFiles.Config : FolderFiles.AddedTokens;
        foreach (AddedToken token in config.Declared.Concat(config.Older))
        {
            int? id = tokenizer.TokenToId(token.Content);
            if (id != token.Id && token.Content.Length > 0)
            {
                throw new InvalidDataException(
                    $"{files.PathOf(file)}: the token '{token.Content}' is {token.Id}; supported: {id}, which it has by the vocabulary, "
                    + "or as the next of those that the vocabulary lacks.");
            }
        }
    }
}
