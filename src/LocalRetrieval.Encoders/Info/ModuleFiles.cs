namespace LocalRetrieval.Encoders;

/// <summary>The modules after the transformer, as a fingerprint takes them.</summary>
internal static class ModuleFiles
{
    private static readonly string[] Names = ["config.json", "model.safetensors"];

    /// <summary>The kinds of the modules, and whether each has files.</summary>
    public static IEnumerable<string> Kinds(ModelFolder folder) => Modules(folder).SelectMany(module => new[] { module.Kind ?? "", $"{Of(folder, module).Count()}" });

    /// <summary>The files of the modules, module by module.</summary>
    public static IEnumerable<string> Paths(ModelFolder folder) => Modules(folder).SelectMany(module => Of(folder, module));

    // What Pooling and Normalize say is taken as it is read, since there are several ways to write it.
    private static IEnumerable<ModuleEntry> Modules(ModelFolder folder) =>
        (folder.Modules ?? []).Skip(1).Where(module => module.Kind is not (ModuleEntry.Pooling or ModuleEntry.Normalize or ModuleEntry.Dropout));

    private static IEnumerable<string> Of(ModelFolder folder, ModuleEntry module) =>
        Names.Select(name => folder.Find(module.File(name))).OfType<string>();
}
