using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders;

/// <summary>Brings vectors to unit length.</summary>
/// <param name="smallestNorm">The least norm that a vector is divided by.</param>
internal sealed class NormalizeModule(float smallestNorm) : IVectorModule
{
    /// <summary>With torch.nn.functional.normalize's floor of a norm.</summary>
    public static NormalizeModule Instance { get; } = new(1e-12f);

    public int OutputWidth(int inputWidth) => inputWidth;

    public void Apply(ReadOnlySpan<float> source, Span<float> destination) =>
        TensorPrimitives.Divide(source, Math.Max(TensorPrimitives.Norm(source), smallestNorm), destination);
}
