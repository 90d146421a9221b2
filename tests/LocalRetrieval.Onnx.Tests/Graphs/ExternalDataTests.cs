using System.Text;
using LocalRetrieval.Onnx.Graphs;
using LocalRetrieval.Testing;

namespace LocalRetrieval.Onnx.Tests.Graphs;

public sealed class ExternalDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-retrieval-graph-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_WeightsWhereverAGraphHoldsThem_GivesEachFileOnce()
    {
        byte[] Tensor(string location) => [.. Field(8, "a name"), .. Field(9, new byte[300]), .. Field(13, [.. Field(1, "location"), .. Field(2, location)]), .. Field(13, [.. Field(1, "offset"), .. Field(2, "4096")])];
        byte[] attribute = [.. Field(1, "value"), .. Field(5, Tensor("of a node"))];
        byte[] branch = [.. Field(1, "then_branch"), .. Field(6, Field(5, Tensor("sub/of a branch")))];
        byte[] sparse = Field(1, Tensor("of a sparse tensor"));
        byte[] graph = [.. Field(1, [.. Field(4, "Constant"), .. Field(5, attribute)]), .. Field(1, Field(5, branch)), .. Field(5, Tensor("weights")), .. Field(5, Tensor("weights")), .. Field(15, sparse)];
        byte[] function = Field(7, Field(5, Field(5, Tensor("of a function"))));

        string[] found = ExternalData.Find(Write([0x08, 0x0A, .. Field(2, "producer"), .. Field(7, graph), .. Field(25, function), 0x0D, 1, 2, 3, 4, 0x11, 1, 2, 3, 4, 5, 6, 7, 8]));

        Assert.Equal(
            new[] { "of a branch", "of a function", "of a node", "of a sparse tensor", "weights" },
            found.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Contains(Path.Combine(_folder, "sub", "of a branch"), found);
    }

    [Fact]
    public void Find_GraphWithItsWeightsInside_GivesNone() => Assert.Empty(ExternalData.Find(Path.Combine(TestModels.Tiny("dense-tanh"), "onnx", "model.onnx")));

    [Theory]
    [InlineData(new byte[] { 0x3A, 0x7F, 1 })]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0x0B })]
    public void Find_Truncated_IsRefused(byte[] bytes) =>
        Assert.Contains("goes past its end", Assert.Throws<InvalidDataException>(() => ExternalData.Find(Write(bytes))).Message, StringComparison.Ordinal);

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Varint((number << 3) | 2), .. Varint(content.Length), .. content];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
