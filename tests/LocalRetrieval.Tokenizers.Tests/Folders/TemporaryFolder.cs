using System.Text;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Tests.Folders;

/// <summary>A folder that a test fills with files, and that is gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder()
    {
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("tokenizer").FullName;

    public static TemporaryFolder Create() => new();

    /// <summary>Writes a file.</summary>
    public TemporaryFolder Add(string name, string content)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), content, new UTF8Encoding(false));
        return this;
    }

    /// <summary>Writes the vocab.txt of a WordPiece model.</summary>
    public TemporaryFolder AddPieces(JsonObject tokenizer)
    {
        SortedDictionary<int, string> tokens = [];
        foreach ((string token, JsonNode? id) in tokenizer["model"]!["vocab"]!.AsObject())
        {
            tokens[(int)id!] = token;
        }

        return Add("vocab.txt", string.Concat(tokens.Values.Select(token => token + "\n")));
    }

    /// <summary>Writes the vocab.json and the merges.txt of a BPE model.</summary>
    public TemporaryFolder AddPairs(JsonObject tokenizer)
    {
        JsonNode model = tokenizer["model"]!;
        IEnumerable<string> merges = model["merges"]!.AsArray()
            .Select(merge => merge is JsonArray sides ? $"{sides[0]} {sides[1]}" : (string)merge!);
        return Add("vocab.json", model["vocab"]!.ToJsonString()).Add("merges.txt", $"#version: 0.2\n{string.Join("\n", merges)}\n");
    }

    public Tokenizer Load() => Tokenizer.Load(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
