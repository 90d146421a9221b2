using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests;

/// <summary>The tiny models of these tests.</summary>
internal static class TestModels
{
    public static string Tiny(string name) => Path.Combine(AppContext.BaseDirectory, "Models", name);

    /// <summary>A copy of a tiny model in a folder of its own, to be changed.</summary>
    public static TemporaryModel Copy(string name) => new(Tiny(name));
}
