namespace LocalRetrieval.Bench.Data;

/// <summary>Finds the data sets beside the checkout, and the folders of the results and of the peers in it.</summary>
internal static class BenchData
{
    /// <exception cref="DirectoryNotFoundException">The program does not run from a checkout, or the data is not beside it.</exception>
    public static string Shared(params string[] parts)
    {
        string path = Path.Combine([Checkout, "..", "shared", .. parts]);
        return Path.Exists(path) ? Path.GetFullPath(path) : throw new DirectoryNotFoundException($"The benchmark needs {Path.GetFullPath(path)}, which is missing.");
    }

    public static string Results(string file) => Path.Combine(Checkout, "bench", "results", file);

    /// <summary>A file of the checkout.</summary>
    public static string InCheckout(params string[] parts) => Path.Combine([Checkout, .. parts]);

    /// <summary>Where a file is kept that took long to make and is not worth a commit.</summary>
    public static string Cache(string file) => Path.Combine(Checkout, "bench", ".cache", file);

    /// <summary>Where the libraries are that the tokenizers are measured against.</summary>
    public static string Peers => Path.Combine(Checkout, "bench", "peers");

    private static string Checkout { get; } = FindCheckout();

    private static string FindCheckout()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Plugins.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Run the benchmark from its checkout: Plugins.sln was not found above it.");
    }
}
