namespace LocalRetrieval.Encoders.Safetensors;

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as the format names it: F32, F16, I8 and so on.</param>
/// <param name="Shape">Its sizes, the slowest first.</param>
/// <param name="Start">Where its bytes start, from the start of the data.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Shape, long Start, long End)
{
    /// <summary>How many values it has.</summary>
    public long Count => (End - Start) / SafetensorsHeader.SizeOf(Type);
}
