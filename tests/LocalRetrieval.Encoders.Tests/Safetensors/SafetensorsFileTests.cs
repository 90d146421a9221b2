using LocalRetrieval.Testing;
using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Encoders.Tests.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Read_Tensors_GivesTheirValues()
    {
        float[] floats = [1.5f, -2, float.MaxValue];
        long[] integers = [7, -1];
        File.WriteAllBytes(_path, SafetensorsWriter.File(
            ("a", "F32", [3], SafetensorsWriter.Bytes(floats)), ("b", "I64", [2, 1], SafetensorsWriter.Bytes(integers)), ("none", "F16", [0, 4], [])));

        SafetensorsFile file = SafetensorsFile.Open(_path);

        Assert.Equal(["a", "b", "none"], file.Names);
        Assert.Equal(floats, file.Read<float>(file.Find("a")!));
        Assert.Equal(integers, file.Read<long>(file.Find("b")!));
        Assert.Equal([2L, 1L], file.Find("b")!.Shape);
        Assert.Empty(file.Read<Half>(file.Find("none")!));
        Assert.Null(file.Find("c"));
    }

    [Fact]
    public void Open_Metadata_IsNoTensor()
    {
        File.WriteAllBytes(_path, SafetensorsWriter.File("""{"__metadata__":{"format":"pt"},"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}   """, dataLength: 4));

        Assert.Equal(["a"], SafetensorsFile.Open(_path).Names);
    }

    [Theory]
    [InlineData("", 0, "not a JSON")]
    [InlineData("[]", 0, "not a JSON")]
    [InlineData("{", 0, "not a JSON")]
    [InlineData("{}", 1, "ends at byte 0, but the file has 1 bytes")]
    [InlineData("""{"a":3}""", 0, "'a' is a JSON Number")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype of tensor 'a' is missing")]
    [InlineData("""{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}""", 4, "dtype of tensor 'a' is \"F4\"")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype of tensor 'a' is 7")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "'a' has the shape missing")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "'a' has the shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "'a' has the shape [1.5]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "'a' has the data_offsets missing")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "'a' has the data_offsets [4,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "'a' has the data_offsets [0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "'a' ends at byte 4, but the file has 3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' of [2] F32 takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,4]}}""", 4, "'a' of [9223372036854775807")]
    [InlineData("""{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"I8","shape":[4],"data_offsets":[2,6]}}""", 6, "'b' starts at byte 2, but 'a' ends at 4")]
    [InlineData("""{"b":{"dtype":"I8","shape":[1],"data_offsets":[5,6]},"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}""", 6, "'b' starts at byte 5, but 'a' ends at 4")]
    [InlineData("""{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}""", 6, "'a', ends at byte 4, but the file has 6")]
    [InlineData("""{"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}}""", 2, "a")]
    public void Open_DamagedHeader_IsRefusedByName(string header, int dataLength, string problem)
    {
        File.WriteAllBytes(_path, SafetensorsWriter.File(header, dataLength));

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path));

        Assert.Contains(_path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0 })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0x80, (byte)'{', (byte)'}' })]
    public void Open_HeaderLongerThanTheFile_IsRefused(byte[] content)
    {
        File.WriteAllBytes(_path, content);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path));

        Assert.Contains(_path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EveryTruncation_IsRefused()
    {
        byte[] whole = SafetensorsWriter.File(("a", "F32", [2], new byte[8]), ("b", "I8", [3], new byte[3]));
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);

            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(_path));
        }
    }

    [Fact]
    public void Open_RandomDamageToTheHeader_IsReadOrRefused()
    {
        byte[] whole = SafetensorsWriter.File(("a", "F32", [2, 3], new byte[24]), ("b", "I64", [3], new byte[24]));
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(whole.Length - 48)] = (byte)random.Next(32, 127);
            File.WriteAllBytes(_path, damaged);

            Exception? exception = Record.Exception(() => SafetensorsFile.Open(_path));
            Assert.True(exception is null or InvalidDataException, exception?.ToString());
            refused += exception is null ? 0 : 1;
        }

        Assert.InRange(refused, 500, 1999);
    }

    [Fact]
    public void Read_FileThatBecameShorter_IsRefused()
    {
        byte[] whole = SafetensorsWriter.File(("a", "F32", [2], new byte[8]));
        File.WriteAllBytes(_path, whole);
        SafetensorsFile file = SafetensorsFile.Open(_path);
        File.WriteAllBytes(_path, whole[..^1]);

        Assert.Throws<InvalidDataException>(() => file.Read<float>(file.Find("a")!));
    }

    public void Dispose() => File.Delete(_path);
}
