using System.IO.Compression;

namespace LocalRetrieval.Tokenizers.Tests;

/// <summary>The tokenizers of the folder Data.</summary>
internal static class TestData
{
    /// <summary>The folder of synth-cased, which is small and cased.</summary>
    public static string Folder { get; } = Path("synth-cased");

    /// <summary>The tokenizer of that folder.</summary>
    public static Tokenizer Tokenizer { get; } = Load("synth-cased");

    public static string Path(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "Data", .. parts]);

    /// <summary>Reads a tokenizer, gzipped or not.</summary>
    public static Tokenizer Load(string name)
    {
        string gzipped = Path(name, "tokenizer.json.gz");
        if (!File.Exists(gzipped))
        {
            return Tokenizer.Load(Path(name));
        }

        using Stream content = OpenGZipped(gzipped);
        return Tokenizer.Load(content);
    }

    public static Stream OpenGZipped(string file) => new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
}
