using System.Xml.Linq;

namespace LocalRetrieval.Packages.Tests;

/// <summary>The projects that are packages.</summary>
internal static class PackageProjects
{
    /// <summary>The packages' ids.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. Directory.EnumerateFiles(Checkout.Path("src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>The packages that see the internals of <paramref name="id"/>.</summary>
    public static IEnumerable<string> FriendsOf(string id) =>
        XDocument.Load(Checkout.Path("src", id, $"{id}.csproj")).Descendants("InternalsVisibleTo").Select(friend => friend.Attribute("Include")!.Value).Intersect(Ids);

    /// <summary>Whether the package is a tool, to which nothing is compiled.</summary>
    public static bool IsTool(string id) => XDocument.Load(Checkout.Path("src", id, $"{id}.csproj")).Descendants("PackAsTool").Any();

    /// <summary>The folder of the package that its assembly lies in.</summary>
    public static string AssemblyFolder(string id) => IsTool(id) ? "tools/net10.0/any" : "lib/net10.0";
}
