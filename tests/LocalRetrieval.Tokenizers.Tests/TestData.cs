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
        using Stream content = Open(name);
        return Tokenizer.Load(content);
    }

    /// <summary>The text of a tokenizer.json.</summary>
    public static string Read(string name)
    {
        using StreamReader reader = new(Open(name));
        return reader.ReadToEnd();
    }

    public static Stream OpenGZipped(string file) => new GZipStream(File.OpenRead(file), CompressionMode.Decompress);

    private static Stream Open(string name)
    {
        string gzipped = Path(name, "tokenizer.json.gz");
        return File.Exists(gzipped) ? OpenGZipped(gzipped) : File.OpenRead(Path(name, "tokenizer.json"));
    }
}
