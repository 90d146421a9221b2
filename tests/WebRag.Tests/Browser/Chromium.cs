namespace WebRag.Tests.Browser;

/// <summary>The browser of the machine.</summary>
internal static class Chromium
{
    public const string Missing = "There is no Chromium: install one (Debian's package is chromium), or set CHROMIUM to its path.";

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        string?[] places = [Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        return Array.Find(places, File.Exists);
    }
}
