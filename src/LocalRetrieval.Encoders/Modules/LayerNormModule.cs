using System.Numerics.Tensors;
using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Encoders;

/// <summary>Layer normalisation: mean 0 and variance 1 over a vector's values, then a scale and a shift of each.</summary>
internal sealed class LayerNormModule(float[] scale, float[] shift, string file) : IVectorModule
{
    // torch.nn.LayerNorm's default, which the module does not change.
    private const float Epsilon = 1e-5f;

    /// <exception cref="FileNotFoundException">A file of the module is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public static LayerNormModule Load(ModelFolder folder, ModuleEntry module)
    {
        ModelJson config = folder.RequireJson(module.File("config.json"));
        int width = config.Limit("dimension") ?? throw config.Missing("dimension", "a number of at least 1");
        SafetensorsFile weights = ModuleWeights.Read(folder, module);
        return new LayerNormModule(weights.Floats("norm.weight", width), weights.Floats("norm.bias", width), config.File);
    }

    public int OutputWidth(int inputWidth) => inputWidth == scale.Length
        ? inputWidth
        : throw new InvalidDataException($"{file}: dimension is {scale.Length}, but the vectors before it have {inputWidth}. The files are of different models.");

    public void Apply(ReadOnlySpan<float> source, Span<float> destination)
    {
        float mean = TensorPrimitives.Sum(source) / source.Length;
        TensorPrimitives.Subtract(source, mean, destination);
        float variance = TensorPrimitives.SumOfSquares<float>(destination) / source.Length;
        TensorPrimitives.Divide(destination, MathF.Sqrt(variance + Epsilon), destination);
        TensorPrimitives.MultiplyAdd(destination, scale, shift, destination);
    }
}
