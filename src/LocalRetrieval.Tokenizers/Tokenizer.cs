using LocalRetrieval.Tokenizers.Decoders;
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

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="path">A tokenizer.json, or a folder that holds one.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Load(string path, TokenizerOptions? options = null)
    {
        string file = FindFile(path);
        return TokenizerReader.Read(File.ReadAllBytes(file), file, options ?? new TokenizerOptions());
    }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="utf8Json">The content of a tokenizer.json; it is read to its end and left open.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="InvalidDataException">The content is damaged, or asks for something that is not supported.</exception>
    public static Tokenizer Load(Stream utf8Json, TokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(utf8Json);
        using MemoryStream content = new();
        utf8Json.CopyTo(content);
        return ReadStream(content, utf8Json, options);
    }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="path">A tokenizer.json, or a folder that holds one.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for something that is not supported.</exception>
    public static async Task<Tokenizer> LoadAsync(
        string path, TokenizerOptions? options = null, CancellationToken cancellationToken = default)
    {
        string file = FindFile(path);
        byte[] content = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        return TokenizerReader.Read(content, file, options ?? new TokenizerOptions());
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
        using MemoryStream content = new();
        await utf8Json.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        return ReadStream(content, utf8Json, options);
    }

    private static string FindFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string file = Directory.Exists(path) ? Path.Combine(path, TokenizerReader.FileName) : path;
        return File.Exists(file) ? file : throw new FileNotFoundException($"There is no tokenizer at '{file}'.", file);
    }

    private static Tokenizer ReadStream(MemoryStream content, Stream source, TokenizerOptions? options) => TokenizerReader.Read(
        content.GetBuffer().AsMemory(0, (int)content.Length),
        source is FileStream file ? file.Name : TokenizerReader.FileName,
        options ?? new TokenizerOptions());
}
