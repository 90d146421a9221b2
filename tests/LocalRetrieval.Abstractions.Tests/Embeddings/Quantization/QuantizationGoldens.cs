using System.IO.Compression;
using System.Text.Json;

namespace LocalRetrieval.Abstractions.Tests.Embeddings.Quantization;

/// <summary>
/// What sentence-transformers 6.2.0's quantize_embeddings gives for embeddings of all-MiniLM-L6-v2, whose own ranges calibrate it. The
/// embeddings are written with 7 digits.
/// </summary>
internal sealed class QuantizationGoldens
{
    private readonly JsonElement _root;

    public QuantizationGoldens()
    {
        using Stream file = typeof(QuantizationGoldens).Assembly.GetManifestResourceStream("quantization.json.gz")!;
        using GZipStream json = new(file, CompressionMode.Decompress);
        _root = JsonDocument.Parse(json).RootElement.Clone();
    }

    public string[] Texts => _root.GetProperty("texts").Deserialize<string[]>()!;

    public float[][] Embeddings => _root.GetProperty("embeddings").Deserialize<float[][]>()!;

    public int[][] Rows(string precision) => _root.GetProperty(precision).Deserialize<int[][]>()!;
}
