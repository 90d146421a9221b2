namespace LocalRetrieval.Rag.Tests.Chunking;

/// <summary>Small documents that are easily cut wrong.</summary>
internal static class Cases
{
    public static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "cases", file));
}
