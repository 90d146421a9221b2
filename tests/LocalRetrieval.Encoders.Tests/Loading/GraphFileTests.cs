
namespace LocalRetrieval.Encoders.Tests.Loading;

public sealed class GraphFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-retrieval-graphs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("onnx/model.onnx", "onnx/model_quantized.onnx onnx/model_fp16.onnx onnx/model.onnx model.onnx")]
    [InlineData("onnx/model_O2.onnx", "onnx/model_O3.onnx onnx/model_O2.onnx onnx/model_fp16.onnx")]
    [InlineData("onnx/model_fp16.onnx", "onnx/model_quantized.onnx onnx/model_fp16.onnx onnx/model_int8.onnx")]
    [InlineData("onnx/model_quantized.onnx", "onnx/model_uint8.onnx onnx/model_int8.onnx onnx/model_quantized.onnx")]
    [InlineData("onnx/model_int8.onnx", "onnx/model_int8.onnx onnx/model_q4.onnx")]
    [InlineData("model.onnx", "model.onnx model_fp16.onnx")]
    [InlineData("onnx/encoder.onnx", "onnx/encoder.onnx")]
    public void Find_NothingAsked_TakesTheMostExact(string expected, string present)
    {
        Create(present);

        Assert.Equal(Full(expected), GraphFile.Find([_folder], requested: null));
    }

    [Theory]
    [InlineData("model_int8.onnx", "onnx/model_int8.onnx")]
    [InlineData("onnx/model_int8.onnx", "onnx/model_int8.onnx")]
    [InlineData("other.onnx", "other.onnx")]
    public void Find_Asked_IsTaken(string requested, string expected)
    {
        Create("onnx/model.onnx onnx/model_int8.onnx other.onnx");

        Assert.Equal(Full(expected), GraphFile.Find([_folder], requested));
    }

    [Theory]
    [InlineData("missing.onnx", "lacks missing.onnx")]
    [InlineData(null, "set GraphFile in the options")]
    public void Find_NoneToTake_NamesThoseThatAreThere(string? requested, string expected)
    {
        Create("onnx/first.onnx onnx/second.onnx");

        FileNotFoundException exception = Assert.Throws<FileNotFoundException>(() => GraphFile.Find([_folder], requested));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("onnx/first.onnx, onnx/second.onnx", exception.Message, StringComparison.Ordinal);
    }

    private void Create(string files)
    {
        foreach (string file in files.Split(' '))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(file))!);
            File.WriteAllText(Full(file), "");
        }
    }

    private string Full(string file) => Path.Combine([_folder, .. file.Split('/')]);
}
