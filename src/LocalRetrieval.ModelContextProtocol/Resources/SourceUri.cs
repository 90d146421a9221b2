namespace LocalRetrieval.ModelContextProtocol;

/// <summary>The addresses of sources: that of the web where the source is one, or else that of a resource of the server.</summary>
internal static class SourceUri
{
    private const string Prefix = "localretrieval://source/";

    /// <summary>The address to cite; empty where the source has no name.</summary>
    public static string Of(string? source) => source is null ? "" : IsWeb(source) ? source : OfResource(source);

    /// <summary>The address of the resource. It says nothing of where files lie.</summary>
    public static string OfResource(string source) => Prefix + string.Join('/', source.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The source's name, or null where the address is of no resource.</summary>
    public static string? Read(string uri) =>
        uri.StartsWith(Prefix, StringComparison.Ordinal) && uri.Length > Prefix.Length ? Uri.UnescapeDataString(uri[Prefix.Length..])
        : IsWeb(uri) ? uri
        : null;

    private static bool IsWeb(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
