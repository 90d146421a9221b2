namespace LocalRetrieval.Testing;

/// <summary>Finds the folder "shared" (goldens, models, data sets) beside the checkout; tests that need it skip where it is missing.</summary>
public static class SharedData
{
    /// <summary>The full path of the folder, or null where there is none.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The full path of a file or folder in it.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Root ?? throw new InvalidOperationException("The folder 'shared' is missing: mark the test [SharedFact]."), .. parts]);

    private static string? Find()
    {
        string? shared = Checkout.Root is { } root ? System.IO.Path.GetFullPath(System.IO.Path.Combine(root, "..", "shared")) : null;
        return Directory.Exists(shared) ? shared : null;
    }
}
