using System.ComponentModel;

namespace LocalRetrieval;

/// <summary>A model that LocalRetrieval ships as files beside the application; see <see cref="LocalModels"/>.</summary>
/// <remarks>Safe for concurrent use. A configuration gives a model by its name: <c>BiEncoder</c>, <c>CrossEncoder</c> or <c>Static</c>.</remarks>
[TypeConverter(typeof(LocalModelConverter))]
public sealed class LocalModel
{
    internal const string FolderName = "LocalRetrieval.Models";

    internal LocalModel(string name, int? dimensions)
    {
        Name = name;
        Dimensions = dimensions;
    }

    /// <summary>The model's name, which is also its folder's: <c>bi-encoder</c>, <c>cross-encoder</c> or <c>static</c>.</summary>
    public string Name { get; }

    /// <summary>The model's id in metadata and telemetry.</summary>
    public string ModelId => $"LocalRetrieval/{Name}";

    /// <summary>The length of the model's vectors; null for a model that gives none.</summary>
    public int? Dimensions { get; }

    /// <summary>Finds the model's folder, and checks each of its files against the SHA-256 that it was released with.</summary>
    /// <returns>The full path of the folder, in hub layout.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder was not deployed; the message says where it was looked for.</exception>
    /// <exception cref="InvalidDataException">A file is missing or was changed; the message names it.</exception>
    public string Locate() => LocateIn([AppContext.BaseDirectory, AssemblyFolder, ExecutableFolder]);

    internal string LocateIn(IEnumerable<string> roots)
    {
        string[] candidates = [.. roots.Where(root => root.Length > 0).Select(root => Path.Combine(root, FolderName, Name)).Distinct()];
        string folder = Array.Find(candidates, Directory.Exists) ?? throw new DirectoryNotFoundException(
            $"The embedded model '{Name}' is not deployed; looked for {string.Join(" and ", candidates)}. " +
            "Reference the package LocalRetrieval.Models from the project that is built or published, so that its content files are copied.");
        ModelChecksums.Verify(folder, Name);
        return folder;
    }

    // A single-file application that extracts itself has its base directory elsewhere than its executable.
    private static string ExecutableFolder => Path.GetDirectoryName(Environment.ProcessPath) ?? "";

    // In a single-file application assemblies have no location, and the files lie beside the executable (BaseDirectory).
    [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is left out.")]
    private static string AssemblyFolder => Path.GetDirectoryName(typeof(LocalModel).Assembly.Location) ?? "";
}
