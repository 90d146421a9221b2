namespace LocalRetrieval.Loading;

/// <summary>Turns the ModelPath of options into a folder.</summary>
internal static class ModelPath
{
    /// <summary>The full path: as given, or from the working directory, or beside the application.</summary>
    public static string Resolve(string path)
    {
        string beside = Path.Combine(AppContext.BaseDirectory, path);
        return !Directory.Exists(path) && Directory.Exists(beside) ? beside : Path.GetFullPath(path);
    }

    /// <summary>What is wrong with a path, or null.</summary>
    public static string? Problem(string? path)
    {
        if (path is null)
        {
            return null;
        }

        string folder = Resolve(path);
        return !Directory.Exists(folder) ? $"ModelPath: the folder {folder} does not exist. Give a model's folder in hub layout, or null for the embedded model."
            : !File.Exists(Path.Combine(folder, "config.json")) && !File.Exists(Path.Combine(folder, "modules.json"))
                ? $"ModelPath: the folder {folder} has neither config.json nor modules.json; it is not a model's folder in hub layout."
            : null;
    }
}
