using System.Text.Json;

namespace LocalRetrieval.Encoders;

/// <summary>A model's folder in the layout of the Hugging Face hub: config.json, tokenizer.json, the graph at the root or under onnx/.</summary>
/// <remarks>Of one thread: it keeps what it has parsed.</remarks>
internal sealed class ModelFolder
{
    private static readonly string[] TokenizerNames = ["tokenizer.json", "vocab.txt", "vocab.json", "merges.txt"];
    private static readonly string[] SentencePieceNames = ["spiece.model", "sentencepiece.bpe.model", "tokenizer.model", "spm.model", "source.spm"];
    private static readonly string[] TokenizerSettingsNames = ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"];

    // What an error lists of a folder at the most.
    private const int ListedEntries = 20;

    // Where the transformer's own files are looked for: sentence-transformers before 2.0 kept them in 0_Transformer.
    private readonly string[] _folders;

    // Several readers ask for the same file, which is parsed once.
    private readonly Dictionary<string, ModelJson> _json = new(StringComparer.Ordinal);

    private ModelFolder(string path)
    {
        Path = path;
        Modules = ReadModules();
        string first = Modules is [{ Path.Length: > 0 } module, ..] ? System.IO.Path.Combine(path, module.Path) : path;
        _folders = first == path ? [path] : [first, path];
    }

    public string Path { get; }

    /// <summary>modules.json, or null where the file is missing.</summary>
    public IReadOnlyList<ModuleEntry>? Modules { get; }

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">modules.json is not a list of objects.</exception>
    public static ModelFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = System.IO.Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new ModelFolder(full)
            : throw new DirectoryNotFoundException(
                $"The model folder {full} {(File.Exists(full) ? "is a file" : "does not exist")}. Give a folder in hub layout: config.json, tokenizer.json and onnx/model.onnx.");
    }

    /// <summary>The last part of the path: a model's usual name.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>tokenizer.json, or what stands for it in a folder of the older files.</summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public string TokenizerPath => TokenizerNames.Select(Find).OfType<string>().FirstOrDefault() ?? throw MissingTokenizer();

    /// <summary>The folder of the tokenizer's files.</summary>
    /// <exception cref="FileNotFoundException">There is no tokenizer.</exception>
    public string TokenizerFolder => System.IO.Path.GetDirectoryName(TokenizerPath)!;

    /// <summary>The files that say what the tokenizer does.</summary>
    /// <exception cref="FileNotFoundException">There is no tokenizer.</exception>
    public IEnumerable<string> TokenizerFiles => TokenizerNames.Concat(TokenizerSettingsNames)
        .Select(name => System.IO.Path.Combine(TokenizerFolder, name))
        .Where(ModelFile.Exists);

    /// <summary>The graph's file; see <see cref="GraphFile.Find"/>.</summary>
    public string GraphPath(string? requested) => GitLfsPointer.Refuse(GraphFile.Find(_folders, requested));

    /// <summary>A JSON object of the folder, or null where the file is missing.</summary>
    /// <exception cref="InvalidDataException">The file is not a JSON object.</exception>
    public ModelJson? ReadJson(string relativePath) => Find(relativePath) is { } path ? Parse(path) : null;

    /// <summary>A JSON object of the folder that must be there.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not a JSON object.</exception>
    public ModelJson RequireJson(string relativePath) => Parse(Require(relativePath));

    /// <summary>The full path of a file, or null where it is missing.</summary>
    /// <exception cref="InvalidDataException">The file is a Git LFS pointer or a folder.</exception>
    public string? Find(string relativePath) =>
        _folders.Select(folder => System.IO.Path.Combine(folder, relativePath.Replace('/', System.IO.Path.DirectorySeparatorChar))).FirstOrDefault(ModelFile.Exists) is { } path
            ? GitLfsPointer.Refuse(path)
            : null;

    /// <summary>The full path of a file that must be there.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is a Git LFS pointer or a folder.</exception>
    public string Require(string relativePath) => Find(relativePath) ?? throw Missing(relativePath, "Copy it from the model's page.");

    private FileNotFoundException MissingTokenizer()
    {
        string fix = SentencePieceNames.Select(Find).OfType<string>().FirstOrDefault() is { } sentencePiece
            ? $"{sentencePiece} is a SentencePiece model, which is not read: convert it by transformers' AutoTokenizer.from_pretrained(…).save_pretrained(…), which writes {TokenizerNames[0]}."
            : "Copy it from the model's page, or write it by transformers' AutoTokenizer.from_pretrained(…).save_pretrained(…).";
        return Missing(TokenizerNames[0], fix);
    }

    private FileNotFoundException Missing(string relativePath, string fix)
    {
        string[] found = [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
        string list = found.Length == 0 ? "nothing" : string.Join(", ", found.Take(ListedEntries)) + (found.Length > ListedEntries ? " and more" : "");
        // The hub's cache keeps a model's files a level below, by revision.
        string snapshots = System.IO.Path.Combine(Path, "snapshots");
        string advice = Directory.Exists(snapshots) && Directory.EnumerateDirectories(snapshots).Order(StringComparer.Ordinal).FirstOrDefault() is { } snapshot
            ? $"It is an entry of the Hugging Face hub's cache: give {snapshot}."
            : fix;
        return new FileNotFoundException($"The model folder {Path} lacks {relativePath}; it has {list}. {advice}", System.IO.Path.Combine(Path, relativePath));
    }

    private ModelJson Parse(string path)
    {
        if (!_json.TryGetValue(path, out ModelJson? json))
        {
            _json[path] = json = ModelJson.Read(path);
        }

        return json;
    }

    private ModuleEntry[]? ReadModules()
    {
        string path = System.IO.Path.Combine(Path, "modules.json");
        if (!ModelFile.Exists(path))
        {
            return null;
        }

        JsonElement root = ModelJson.Parse(GitLfsPointer.Refuse(path));
        return root.ValueKind == JsonValueKind.Array
            ? [.. root.EnumerateArray().Select((module, index) => ModuleEntry.Read(new ModelJson(path, $"[{index}]", module)))]
            : throw new InvalidDataException($"{path} is a JSON {root.ValueKind}, expected a list of modules.");
    }
}
