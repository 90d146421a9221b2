using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders;

/// <summary>Brings vectors to unit length.</summary>
internal sealed class NormalizeModule : IVectorModule
{
    // torch.nn.functional.normalize's floor of a norm.
    private const float SmallestNorm = 1e-12f;

    public static NormalizeModule Instance { get; } = new();

    public int OutputWidth(int inputWidth) => inputWidth;

    public void Apply(ReadOnlySpan<float> source, Span<float> destination) =>
        TensorPrimitives.Divide(source, Math.Max(TensorPrimitives.Norm(source), SmallestNorm), destination);

    /// <summary>Brings a vector to unit length in its place.</summary>
    public static void Normalize(Span<float> vector) => Instance.Apply(vector, vector);
}
