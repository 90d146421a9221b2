using System.IO.Compression;
using System.Xml.Linq;

namespace LocalRetrieval.Packages.Tests;

/// <summary>A package, read.</summary>
internal sealed class PackageFile
{
    private readonly Dictionary<string, byte[]> _files = [];

    private PackageFile(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using MemoryStream content = new();
            using Stream stream = entry.Open();
            stream.CopyTo(content);
            _files.Add(entry.FullName, content.ToArray());
        }

        XElement root = XDocument.Parse(Text(_files.Keys.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal)))).Root!;
        Metadata = root.Elements().Single();
    }

    /// <summary>The names of its files, with <c>/</c> between folders.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>What the nuspec says.</summary>
    public XElement Metadata { get; }

    /// <summary>The packages that it depends on, with the versions that it asks for.</summary>
    public IReadOnlyDictionary<string, string> Dependencies => Metadata.Descendants(Metadata.Name.Namespace + "dependency")
        .ToDictionary(dependency => dependency.Attribute("id")!.Value, dependency => dependency.Attribute("version")!.Value);

    public static PackageFile Read(string folder, string id, string version, string extension = "nupkg") =>
        new(Path.Combine(folder, $"{id}.{version}.{extension}"));

    public byte[] Content(string name) => _files[name];

    public string Text(string name)
    {
        using StreamReader reader = new(new MemoryStream(_files[name]));
        return reader.ReadToEnd();
    }

    /// <summary>The value of an element of the nuspec, or null.</summary>
    public string? Value(string element) => Metadata.Element(Metadata.Name.Namespace + element)?.Value;

    /// <summary>An attribute of the nuspec's repository, or null.</summary>
    public string? Repository(string attribute) => Metadata.Element(Metadata.Name.Namespace + "repository")?.Attribute(attribute)?.Value;
}
