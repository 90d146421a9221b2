using System.Text.Json;
using LocalRetrieval.Onnx.Loading;
using LocalRetrieval.Static.Safetensors;

namespace LocalRetrieval.Static.Loading;

/// <summary>A static model's folder, in model2vec's layout or in that of sentence-transformers.</summary>
internal sealed class StaticModelFolder
{
    private const string WeightsFile = "model.safetensors";

    private readonly string _modulePath;

    private StaticModelFolder(string path, ModelJson? config, IReadOnlyList<ModelJson>? modules, bool isModel2Vec)
    {
        Path = path;
        Config = config;
        Modules = modules;
        IsModel2Vec = isModel2Vec;
        _modulePath = isModel2Vec ? path : System.IO.Path.GetFullPath(modules![0].String("path") ?? "", path);
    }

    public string Path { get; }

    /// <summary>config.json, or null where there is none.</summary>
    public ModelJson? Config { get; }

    /// <summary>modules.json, or null where there is none.</summary>
    public IReadOnlyList<ModelJson>? Modules { get; }

    /// <summary>Whether the model is to be read as model2vec reads it; otherwise as sentence-transformers does.</summary>
    /// <remarks>model2vec writes a modules.json too, for those who do without its weights and limits.</remarks>
    public bool IsModel2Vec { get; }

    /// <summary>The last part of the path: a model's usual name.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public string TokenizerPath => Require("tokenizer.json");

    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    public string WeightsPath => Require(WeightsFile);

    /// <summary>config_sentence_transformers.json, or null where there is none.</summary>
    public ModelJson? SentenceConfig => ReadJson(Path, "config_sentence_transformers.json");

    /// <summary>The folder, or null where it does not hold a static model.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">config.json or modules.json cannot be read.</exception>
    public static StaticModelFolder? Find(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            throw new DirectoryNotFoundException($"The model folder {full} does not exist. Give a folder with model.safetensors, tokenizer.json, and config.json or modules.json.");
        }

        ModelJson? config = ReadJson(full, "config.json");
        ModelJson[]? modules = ReadModules(full);
        bool isModel2Vec = config is not null && IsModel2VecConfig(full, config);
        bool isModule = modules is [ModelJson first, ..] && ModuleType.Of(first) == ModuleType.StaticEmbedding;
        return isModel2Vec || isModule ? new StaticModelFolder(full, config, modules, isModel2Vec) : null;
    }

    // The first releases of model2vec wrote no model_type: their tensor's name tells.
    private static bool IsModel2VecConfig(string path, ModelJson config) => config.String("model_type") switch
    {
        "model2vec" => true,
        null => File.Exists(System.IO.Path.Combine(path, WeightsFile)) && SafetensorsFile.Open(System.IO.Path.Combine(path, WeightsFile)).Find(StaticModelReader.Model2VecTensor) is not null,
        _ => false,
    };

    private static ModelJson? ReadJson(string folder, string file)
    {
        string path = System.IO.Path.Combine(folder, file);
        return File.Exists(path) ? ModelJson.Read(path) : null;
    }

    private static ModelJson[]? ReadModules(string folder)
    {
        string path = System.IO.Path.Combine(folder, "modules.json");
        if (!File.Exists(path))
        {
            return null;
        }

        JsonElement root = ModelJson.Parse(path);
        return root.ValueKind == JsonValueKind.Array
            ? [.. root.EnumerateArray().Select((module, index) => new ModelJson(path, $"[{index}]", module))]
            : throw new InvalidDataException($"{path} is a JSON {root.ValueKind}, expected a list of modules.");
    }

    private string Require(string file)
    {
        string path = System.IO.Path.Combine(_modulePath, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"The static model in {Path} lacks {path}.", path);
    }
}
