using System.Text.Json;

namespace LocalRetrieval.Onnx.Loading;

/// <summary>A model's folder in the layout of the Hugging Face hub: config.json, tokenizer.json, the graph at the root or under onnx/.</summary>
internal sealed class ModelFolder
{
    private ModelFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static ModelFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = System.IO.Path.GetFullPath(path);
        return Directory.Exists(full)
            ? new ModelFolder(full)
            : throw new DirectoryNotFoundException($"The model folder {full} does not exist. Give a folder in hub layout: config.json, tokenizer.json and onnx/model.onnx.");
    }

    /// <summary>The last part of the path: a model's usual name.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    public string TokenizerPath => Require("tokenizer.json");

    public string GraphPath =>
        Find("onnx/model.onnx") ?? Find("model.onnx") ?? throw new FileNotFoundException(
            $"The model folder {Path} has neither onnx/model.onnx nor model.onnx. Export the model to ONNX first.", System.IO.Path.Combine(Path, "onnx", "model.onnx"));

    /// <summary>A JSON object of the folder, or null where the file is missing.</summary>
    /// <exception cref="InvalidDataException">The file is not a JSON object.</exception>
    public ModelJson? ReadJson(string relativePath) => Find(relativePath) is { } path ? ModelJson.Read(path) : null;

    /// <summary>A JSON object of the folder that must be there.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The file is not a JSON object.</exception>
    public ModelJson RequireJson(string relativePath) => ModelJson.Read(Require(relativePath));

    /// <summary>modules.json, which is a list, or null where the file is missing.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of objects.</exception>
    public IReadOnlyList<ModelJson>? ReadModules()
    {
        if (Find("modules.json") is not { } path)
        {
            return null;
        }

        JsonElement root = ModelJson.Parse(path);
        return root.ValueKind == JsonValueKind.Array
            ? [.. root.EnumerateArray().Select((module, index) => new ModelJson(path, $"[{index}]", module))]
            : throw new InvalidDataException($"{path} is a JSON {root.ValueKind}, expected a list of modules.");
    }

    private string? Find(string relativePath)
    {
        string path = System.IO.Path.Combine(Path, relativePath.Replace('/', System.IO.Path.DirectorySeparatorChar));
        return File.Exists(path) ? path : null;
    }

    private string Require(string relativePath) =>
        Find(relativePath) ?? throw new FileNotFoundException($"The model folder {Path} lacks {relativePath}.", System.IO.Path.Combine(Path, relativePath));
}
