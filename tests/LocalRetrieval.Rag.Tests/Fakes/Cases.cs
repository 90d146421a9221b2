namespace LocalRetrieval.Rag.Tests.Fakes;

/// <summary>Small texts that are easily read wrong.</summary>
internal static class Cases
{
    public static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "cases", file));
}
