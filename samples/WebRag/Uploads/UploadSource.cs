namespace WebRag.Uploads;

/// <summary>The names under which uploaded files are indexed: <c>upload:ID/NAME</c>, which no two files share and no file of the folder has.</summary>
internal static class UploadSource
{
    private const string Prefix = "upload:";

    public static string Create(string id, string name) => $"{Prefix}{id}/{name}";

    public static bool TryRead(string source, out string id, out string name)
    {
        int slash = source.IndexOf('/', StringComparison.Ordinal);
        bool isUpload = source.StartsWith(Prefix, StringComparison.Ordinal) && slash > Prefix.Length;
        id = isUpload ? source[Prefix.Length..slash] : "";
        name = isUpload ? source[(slash + 1)..] : "";
        return isUpload;
    }
}
