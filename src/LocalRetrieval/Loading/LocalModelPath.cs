namespace LocalRetrieval.Loading;

/// <summary>Reads the ModelPath of options.</summary>
internal static class LocalModelPath
{
    /// <exception cref="ArgumentException">The path is empty or white space.</exception>
    public static string? Check(string? path)
    {
        if (path is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(path, nameof(ILocalModelOptions.ModelPath));
        }

        return path;
    }

    /// <summary>The model's folder: the path as given, or from the working directory, or beside the application; without a path, the embedded model's.</summary>
    public static string Locate(ILocalModelOptions options) => options.ModelPath is { } path ? Resolve(path) : options.EmbeddedModel!.Locate();

    /// <summary>The id that the model will have.</summary>
    public static string ModelId(ILocalModelOptions options) => options.ModelId ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Locate(options)));

    /// <summary>What is wrong with the path, or null.</summary>
    public static string? Problem(ILocalModelOptions options)
    {
        if (options.ModelPath is null)
        {
            return options.EmbeddedModel is null ? "ModelPath is not set, and no embedded model is of this kind. Give a model's folder in hub layout." : null;
        }

        string instead = options.EmbeddedModel is null ? "" : ", or null for the embedded model";
        string folder = Resolve(options.ModelPath);
        return !Directory.Exists(folder) ? $"ModelPath: the folder {folder} does not exist. Give a model's folder in hub layout{instead}."
            : !Path.Exists(Path.Combine(folder, "config.json")) && !Path.Exists(Path.Combine(folder, "modules.json"))
                ? $"ModelPath: the folder {folder} has neither config.json nor modules.json; it is not a model's folder in hub layout."
            : null;
    }

    private static string Resolve(string path)
    {
        string beside = Path.Combine(AppContext.BaseDirectory, path);
        return !Directory.Exists(path) && Directory.Exists(beside) ? beside : Path.GetFullPath(path);
    }
}
