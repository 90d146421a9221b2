using WebRag.Documents;

namespace WebRag.Uploads;

/// <summary>Makes of the name that a browser sends one that is safe to show and to index by.</summary>
internal static class FileName
{
    private const int MaxLength = 200;
    private const string Unnamed = "file";

    /// <summary>The last part of a path, without what controls the screen or the direction of writing.</summary>
    /// <param name="sent">What was sent, percent-encoded; null where nothing was.</param>
    public static string Clean(string? sent)
    {
        string path = Uri.UnescapeDataString(sent ?? "").Replace('\\', '/');
        string name = DocumentName.Clean(path[(path.LastIndexOf('/') + 1)..]).Trim();
        name = name is "" or "." or ".." ? Unnamed : name;
        return name.Length <= MaxLength ? name : Shorten(name);
    }

    /// <summary>Keeps the ending, by which some formats are told.</summary>
    private static string Shorten(string name)
    {
        string ending = Path.GetExtension(name);
        ending = ending.Length < 10 ? ending : "";
        int length = MaxLength - ending.Length;
        return string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[length - 1]) ? length - 1 : length), ending);
    }
}
