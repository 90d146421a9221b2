namespace WebRag.Tests;

/// <summary>A folder with one file that can be searched, and some that cannot.</summary>
internal static class UnreadFolder
{
    public static TemporaryFolder Create()
    {
        TemporaryFolder folder = new();
        folder.Write("cup\u202Egnp.md", "The samovar stands in the third cupboard.");
        folder.Write("empty.md", "");
        folder.Write("broken.json", "{ \"a\": nothing }");
        folder.Write("pictures/x\u202Egnp.toml", "a = 1");
        string pictures = Path.Combine(folder.Path, "pictures");
        File.WriteAllBytes(Path.Combine(pictures, "photo.png"), TestFiles.Png);
        return folder;
    }
}
