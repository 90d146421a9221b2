using System.Text;
using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Folders;

/// <summary>The files of a folder that say something of its tokenizer, as bytes.</summary>
internal sealed class FolderFiles
{
    public const string Config = "tokenizer_config.json";
    public const string ModelConfig = "config.json";
    public const string SpecialTokensMap = "special_tokens_map.json";
    public const string AddedTokens = "added_tokens.json";
    public const string PieceVocabulary = "vocab.txt";
    public const string PairVocabulary = "vocab.json";
    public const string Merges = "merges.txt";

    private static readonly string[] Settings = [Config, ModelConfig, SpecialTokensMap, AddedTokens];
    private static readonly string[] SentencePieces = ["spiece.model", "sentencepiece.bpe.model", "tokenizer.model", "spm.model", "source.spm"];
    private static readonly string[] OlderModels = [PieceVocabulary, PairVocabulary, Merges];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _folder;
    private readonly Dictionary<string, byte[]> _contents = [];

    private FolderFiles(string folder) => _folder = folder;

    /// <summary>Reads the files; those of older models only where there is no tokenizer.json.</summary>
    /// <exception cref="FileNotFoundException">None of them holds a vocabulary.</exception>
    /// <exception cref="InvalidDataException">One of them is a folder.</exception>
    public static FolderFiles Read(string folder)
    {
        FolderFiles files = new(folder);
        foreach (string name in files.Names())
        {
            files._contents[name] = File.ReadAllBytes(files.PathOf(name));
        }

        return files;
    }

    /// <inheritdoc cref="Read"/>
    public static async Task<FolderFiles> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        FolderFiles files = new(folder);
        foreach (string name in files.Names())
        {
            files._contents[name] = await File.ReadAllBytesAsync(files.PathOf(name), cancellationToken).ConfigureAwait(false);
        }

        return files;
    }

    public bool Has(string name) => _contents.ContainsKey(name);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public byte[] Bytes(string name) =>
        _contents.TryGetValue(name, out byte[]? content) ? content : throw Missing(name);

    /// <summary>The root of a JSON file, or null where there is no such file.</summary>
    public JsonField? Json(string name) => Has(name) ? JsonField.Parse(Bytes(name), PathOf(name)) : null;

    /// <summary>The lines of a text file, as Python reads them: ended by a line feed, a carriage return, or both.</summary>
    public string[] Lines(string name)
    {
        byte[] bytes = Bytes(name);
        GitLfsPointer.Refuse(bytes, PathOf(name));
        if (bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            throw new InvalidDataException($"{PathOf(name)}: line 1 begins with a byte order mark; supported: UTF-8 without.");
        }

        try
        {
            return Utf8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"{PathOf(name)}: byte {exception.Index} is not UTF-8; supported: UTF-8.", exception);
        }
    }

    private string[] Names()
    {
        string[] settings = [.. Settings.Where(Exists)];
        if (Exists(TokenizerReader.FileName))
        {
            return [TokenizerReader.FileName, .. settings];
        }

        string[] models = [.. OlderModels.Where(Exists)];
        return models.Length > 0 || Exists(Config) ? [.. models, .. settings] : throw Missing(TokenizerReader.FileName);
    }

    private bool Exists(string name) => !Directory.Exists(PathOf(name))
        ? File.Exists(PathOf(name))
        : throw new InvalidDataException($"{PathOf(name)} is a folder, not a file. Put the tokenizer's file in its place, or remove the folder.");

    private FileNotFoundException Missing(string name)
    {
        string found = Array.Find(SentencePieces, Exists) is { } piece
            ? $" {PathOf(piece)} is a SentencePiece model, which is not read: convert it by transformers' "
              + $"AutoTokenizer.from_pretrained(…).save_pretrained(…), which writes {TokenizerReader.FileName}."
            : "";
        return new FileNotFoundException($"There is no tokenizer at '{PathOf(name)}'.{found}", PathOf(name));
    }
}
