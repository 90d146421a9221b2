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
}
