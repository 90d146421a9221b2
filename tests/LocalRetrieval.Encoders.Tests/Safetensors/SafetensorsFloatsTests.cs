using LocalRetrieval.Testing;
using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Encoders.Tests.Safetensors;

public sealed class SafetensorsFloatsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("local-retrieval-safetensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Floats_SeveralTensors_AreEachRead()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        SafetensorsWriter.Write(path, ("a", "F32", [2, 2], [1, 2, 3, 4]), ("b", "F16", [3], [0.5f, -1, 2]), ("c", "BF16", [1], [-8]));

        SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal([1, 2, 3, 4], file.Floats("a", 2, 2));
        Assert.Equal([0.5f, -1, 2], file.Floats("b", 3));
        Assert.Equal([-8], file.Floats("c", 1));
    }

    [Theory]
    [InlineData("d", "has no tensor 'd'")]
    [InlineData("wide", "expected [4]")]
    [InlineData("whole", "I64")]
    public void Floats_TensorThatCannotBeRead_SaysWhat(string name, string expected)
    {
        string path = Path.Combine(_folder, "model.safetensors");
        SafetensorsWriter.Write(path, ("wide", "F32", [5], [1, 2, 3, 4, 5]), ("whole", "I64", [4], [1, 2, 3, 4]));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path).Floats(name, 4));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileCutAnywhere_IsRefused()
    {
        string path = Path.Combine(_folder, "model.safetensors");
        SafetensorsWriter.Write(path, ("a", "F32", [2, 2], [1, 2, 3, 4]));
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path).Floats("a", 2, 2));

            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 2]}}""")]
    [InlineData("""{"a": {"dtype": 32, "shape": [1], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": {"dtype": "F32", "shape": "1", "data_offsets": [0, 4]}}""")]
    [InlineData("""{"a": 1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Read_HeaderThatIsDamaged_IsRefused(string header)
    {
        string path = Path.Combine(_folder, "model.safetensors");
        byte[] json = System.Text.Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)json.Length), .. json, 0, 0, 0, 0]);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path).Floats("a", 1)).Message, StringComparison.Ordinal);
    }
}
