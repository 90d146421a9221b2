using System.Text.Json;

namespace LocalRetrieval.Encoders.Safetensors;

/// <summary>Reads the header of a safetensors file: a JSON object with the type, the shape and the place of each tensor.</summary>
internal static class SafetensorsHeader
{
    private static readonly Dictionary<string, int> Sizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E5M2"] = 1, ["F8_E4M3"] = 1, ["F8_E8M0"] = 1,
        ["U16"] = 2, ["I16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["U32"] = 4, ["I32"] = 4, ["F32"] = 4,
        ["U64"] = 8, ["I64"] = 8, ["F64"] = 8, ["C64"] = 8,
    };

    /// <summary>The size of one value in bytes.</summary>
    public static int SizeOf(string type) => Sizes[type];

    /// <param name="path">The file, for errors.</param>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">How many bytes follow it; the tensors must fill them without gaps, as the format demands.</param>
    /// <exception cref="InvalidDataException">The header is damaged, or does not fit the data.</exception>
    public static Dictionary<string, SafetensorsTensor> Read(string path, ReadOnlyMemory<byte> json, long dataLength)
    {
        Dictionary<string, SafetensorsTensor> tensors = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument header = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (JsonProperty entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
            {
                tensors.Add(entry.Name, ReadTensor(path, entry, dataLength));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: its header is not a JSON object of tensors: {exception.Message}", exception);
        }

        RefuseOverlapsAndGaps(path, tensors.Values, dataLength);
        return tensors;
    }

    private static SafetensorsTensor ReadTensor(string path, JsonProperty entry, long dataLength)
    {
        InvalidDataException Damaged(string problem) => new($"{path}: tensor '{entry.Name}' {problem}. The file is damaged or truncated.");

        if (entry.Value.ValueKind != JsonValueKind.Object)
        {
            throw Damaged($"is a JSON {entry.Value.ValueKind}, expected an object");
        }

        JsonElement type = Field(entry.Value, "dtype");
        if (type.ValueKind != JsonValueKind.String || !Sizes.TryGetValue(type.GetString()!, out int size))
        {
            throw new InvalidDataException($"{path}: the dtype of tensor '{entry.Name}' is {Raw(type)}, which is not supported. Supported: {string.Join(", ", Sizes.Keys)}.");
        }

        long[] shape = Numbers(entry.Value, "shape") ?? throw Damaged($"has the shape {Raw(Field(entry.Value, "shape"))}, expected a list of whole numbers of at least 0");
        if (Numbers(entry.Value, "data_offsets") is not [long start, long end] || end < start)
        {
            throw Damaged($"has the data_offsets {Raw(Field(entry.Value, "data_offsets"))}, expected [start, end]");
        }

        if (end > dataLength)
        {
            throw Damaged($"ends at byte {end}, but the file has {dataLength} bytes of data");
        }

        UInt128 bytes = Bytes(shape, size);
        return bytes == (ulong)(end - start)
            ? new SafetensorsTensor(entry.Name, type.GetString()!, shape, start, end)
            : throw Damaged($"of [{string.Join(", ", shape)}] {type.GetString()} takes {bytes} bytes, but its data_offsets give it {end - start}");
    }

    private static void RefuseOverlapsAndGaps(string path, IEnumerable<SafetensorsTensor> tensors, long dataLength)
    {
        long end = 0;
        string previous = "the header";
        foreach (SafetensorsTensor tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            if (tensor.Start != end)
            {
                throw new InvalidDataException(
                    $"{path}: tensor '{tensor.Name}' starts at byte {tensor.Start}, but {previous} ends at {end}: tensors may neither overlap nor leave gaps. The file is damaged.");
            }

            end = tensor.End;
            previous = $"'{tensor.Name}'";
        }

        if (end != dataLength)
        {
            throw new InvalidDataException($"{path}: the last tensor, {previous}, ends at byte {end}, but the file has {dataLength} bytes of data. The file is damaged.");
        }
    }

    // Saturates far above any file's length.
    private static UInt128 Bytes(long[] shape, int size)
    {
        UInt128 bytes = (UInt128)size;
        foreach (long length in shape)
        {
            bytes = length == 0 ? 0 : UInt128.Min(bytes, long.MaxValue) * (ulong)length;
        }

        return bytes;
    }

    private static long[]? Numbers(JsonElement tensor, string field)
    {
        JsonElement list = Field(tensor, field);
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long value) && value >= 0)
            ? [.. list.EnumerateArray().Select(number => number.GetInt64())]
            : null;
    }

    private static JsonElement Field(JsonElement tensor, string field) => tensor.TryGetProperty(field, out JsonElement value) ? value : default;

    private static string Raw(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "missing" : element.GetRawText();
}
