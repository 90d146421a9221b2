namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>The tokenizer that is always there: small, cased, with goldens.</summary>
internal static class TestData
{
    /// <summary>The folder that holds it.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "synth-cased");

    /// <summary>The tokenizer.</summary>
    public static Tokenizer Tokenizer { get; } = Tokenizer.Load(Folder);
}
