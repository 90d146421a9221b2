namespace LocalRetrieval.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its full path, or null where the tests run elsewhere.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The full path of a file or folder in it.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Root ?? throw new InvalidOperationException("The tests do not run from a checkout: Plugins.sln was not found above them."), .. parts]);

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Plugins.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
