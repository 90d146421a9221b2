using System.Xml.Linq;

namespace LocalRetrieval.Packages.Tests;

/// <summary>The projects that are packages.</summary>
internal static class PackageProjects
{
    /// <summary>The packages' ids.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. Directory.EnumerateDirectories(Checkout.Path("src")).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The ids of those with an assembly: all but templates.</summary>
    public static IEnumerable<string> IdsWithAssembly => Ids.Where(id => !Load(id).Descendants("PackageType").Any(type => type.Value == "Template"));

    /// <summary>The packages that see the internals of <paramref name="id"/>.</summary>
    public static IEnumerable<string> FriendsOf(string id) =>
        Load(id).Descendants("InternalsVisibleTo").Select(friend => friend.Attribute("Include")!.Value).Intersect(Ids);

    /// <summary>Whether the package is a tool, to which nothing is compiled.</summary>
    public static bool IsTool(string id) => Load(id).Descendants("PackAsTool").Any();

    /// <summary>The folder of the package that its assembly lies in.</summary>
    public static string AssemblyFolder(string id) => IsTool(id) ? "tools/net10.0/any" : "lib/net10.0";

    private static XDocument Load(string id) => XDocument.Load(Checkout.Path("src", id, $"{id}.csproj"));
}
