using LocalRetrieval.Tokenizers.Decoders;
using LocalRetrieval.Tokenizers.Folders;
using LocalRetrieval.Tokenizers.Json;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.PostProcessors;

namespace LocalRetrieval.Tokenizers;

/// <summary>
/// Reads a tokenizer.json and turns text into tokens, and tokens into text, exactly as Hugging Face tokenizers does. Nothing
/// depends on ICU or on the current culture.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed partial class Tokenizer
{
    private readonly ContentTokenizer _content;
    private readonly PostProcessor _postProcessor;
    private readonly Decoder? _decoder;
    private readonly LoneSurrogateHandling _loneSurrogates;

    internal Tokenizer(
        ContentTokenizer content,
        PostProcessor postProcessor,
        Decoder? decoder,
        TruncationOptions? truncation,
        PaddingOptions? padding,
        TokenizerOptions options)
    {
        _content = content;
        _postProcessor = postProcessor;
        _decoder = decoder;
        _loneSurrogates = options.LoneSurrogates;
        Truncation = (options.Truncation ?? truncation) is { } cut && cut != TruncationOptions.None ? cut : null;
        Padding = (options.Padding ?? padding) is { } filled && filled != PaddingOptions.None ? filled : null;
        VocabularySize = Vocabulary.Count + Added.AddedCount;
        MaxTokenId = Math.Max(Vocabulary.MaxId, Added.Tokens.Count > 0 ? Added.Tokens[^1].Id : -1);
    }

    /// <summary>
    /// How an encoding that is too long is cut, unless <see cref="EncodeOptions.Truncation"/> says otherwise: as
    /// <see cref="TokenizerOptions.Truncation"/> says, or else the file. Null where nothing is cut.
    /// </summary>
    public TruncationOptions? Truncation { get; }

    /// <summary>
    /// How an encoding that is too short is filled up, unless <see cref="EncodeOptions.Padding"/> says otherwise: as
    /// <see cref="TokenizerOptions.Padding"/> says, or else the file. Null where nothing is filled up.
    /// </summary>
    public PaddingOptions? Padding { get; }

    /// <summary>
    /// Reads a tokenizer. A file is read alone. Of a folder, tokenizer_config.json and special_tokens_map.json are read too, as
    /// transformers' fast tokenizers do: they add tokens, can set lower-casing and the like anew, and say
    /// <see cref="ModelMaxLength"/> and <see cref="SpecialTokens"/>. A folder without a tokenizer.json can have vocab.txt, or vocab.json
    /// and merges.txt.
    /// </summary>
    /// <param name="path">A tokenizer.json, or a folder.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Load(string path, TokenizerOptions? options = null)
    {
        TokenizerOptions copy = Copy(options);
        return IsFolder(path)
            ? TokenizerFolder.Load(FolderFiles.Read(path), copy)
            : TokenizerReader.Read(File.ReadAllBytes(path), path, copy);
    }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="utf8Json">The content of a tokenizer.json; it is read to its end and left open.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="InvalidDataException">The content is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Load(Stream utf8Json, TokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(utf8Json);
        using MemoryStream content = new(Capacity(utf8Json));
        utf8Json.CopyTo(content);
        return ReadStream(content, utf8Json, Copy(options));
    }

    /// <summary>
    /// Reads a tokenizer. A file is read alone. Of a folder, tokenizer_config.json and special_tokens_map.json are read too, as
    /// transformers' fast tokenizers do: they add tokens, can set lower-casing and the like anew, and say
    /// <see cref="ModelMaxLength"/> and <see cref="SpecialTokens"/>. A folder without a tokenizer.json can have vocab.txt, or vocab.json
    /// and merges.txt.
    /// </summary>
    /// <param name="path">A tokenizer.json, or a folder.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for something that is not supported.</exception>
    public static async Task<Tokenizer> LoadAsync(
        string path, TokenizerOptions? options = null, CancellationToken cancellationToken = default)
    {
        TokenizerOptions copy = Copy(options);
        return IsFolder(path)
            ? TokenizerFolder.Load(await FolderFiles.ReadAsync(path, cancellationToken).ConfigureAwait(false), copy)
            : TokenizerReader.Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), path, copy);
    }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="utf8Json">The content of a tokenizer.json; it is read to its end and left open.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InvalidDataException">The content is damaged, or asks for something that is not supported.</exception>
    public static async Task<Tokenizer> LoadAsync(
        Stream utf8Json, TokenizerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8Json);
        TokenizerOptions copy = Copy(options);
        using MemoryStream content = new(Capacity(utf8Json));
        await utf8Json.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        return ReadStream(content, utf8Json, copy);
    }

    private static bool IsFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool isFolder = Directory.Exists(path);
        return isFolder || File.Exists(path) ? isFolder : throw new FileNotFoundException($"There is no tokenizer at '{path}'.", path);
    }

    private static int Capacity(Stream source) =>
        source.CanSeek ? (int)Math.Clamp(source.Length - source.Position, 0, Array.MaxLength) : 0;

    private static TokenizerOptions Copy(TokenizerOptions? options) => options is null ? new TokenizerOptions() : new TokenizerOptions(options);

    private static Tokenizer ReadStream(MemoryStream content, Stream source, TokenizerOptions options) => TokenizerReader.Read(
        content.GetBuffer().AsMemory(0, (int)content.Length),
        source is FileStream file ? file.Name : TokenizerReader.FileName,
        options);
}
