using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Bench.Documentation;

/// <summary>A public documentation set, and questions that were written before it was first searched.</summary>
internal sealed record DocumentationSet
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Repository { get; init; }

    public required string Commit { get; init; }

    /// <summary>The folder of the repository that is indexed: its files *.md.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 over the files' own, see <see cref="Locate"/>.</summary>
    public required string Sha256 { get; init; }

    public required IReadOnlyList<DocumentationQuestion> Questions { get; init; }

    /// <summary>All sets, by name.</summary>
    public static IEnumerable<(string Name, DocumentationSet Set)> ReadAll() =>
        from file in Directory.EnumerateFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Documentation", "Sets"), "*.json").Order(StringComparer.Ordinal)
        select (System.IO.Path.GetFileNameWithoutExtension(file), JsonSerializer.Deserialize<DocumentationSet>(File.ReadAllText(file), Json)!);

    /// <summary>The checkout of the set in <paramref name="folder"/>, under the repository's name.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">Its files are not those of the commit.</exception>
    public string Locate(string folder)
    {
        string checkout = System.IO.Path.Combine(folder, Repository.Split('/')[1]);
        string root = System.IO.Path.Combine(checkout, Path);
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"'{root}' is missing. Check out {Repository} at {Commit} as '{checkout}'.");
        }

        StringBuilder sums = new();
        foreach (string file in Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(checkout, file).Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            sums.Append(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(System.IO.Path.Combine(checkout, file))))).Append("  ").Append(file).Append('\n');
        }

        string sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sums.ToString())));
        return sum == Sha256
            ? checkout
            : throw new InvalidDataException($"The Markdown files of '{root}' have the SHA-256 {sum}, not {Sha256}. Check out {Repository} at {Commit}.");
    }
}
