using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders;

/// <summary>The activations of torch.nn that a Dense module may name.</summary>
internal static class Activations
{
    /// <summary>The activation that a field names by its full name; the hyperbolic tangent, sentence-transformers' default, where it names none.</summary>
    /// <exception cref="InvalidDataException">It names one that is not supported.</exception>
    public static Action<Span<float>> Read(ModelJson config, string field)
    {
        string name = config.String(field) ?? "torch.nn.modules.activation.Tanh";
        return (name.StartsWith("torch.nn.", StringComparison.Ordinal) ? name[(name.LastIndexOf('.') + 1)..] : "") switch
        {
            "Identity" => static _ => { },
            "Tanh" => static values => TensorPrimitives.Tanh(values, values),
            "ReLU" => static values => TensorPrimitives.Max(values, 0f, values),
            "Sigmoid" => static values => TensorPrimitives.Sigmoid(values, values),
            "SiLU" => static values => ForEach(values, static x => x / (1 + MathF.Exp(-x))),
            "GELU" => static values => ForEach(values, static x => (float)(0.5 * x * (1 + Erf(x / Math.Sqrt(2))))),
            _ => throw new UnsupportedModuleException(config.Unsupported(field, $"'{name}'", "Identity, Tanh, ReLU, Sigmoid, SiLU or GELU of torch.nn")),
        };
    }

    private static void ForEach(Span<float> values, Func<float, float> function)
    {
        foreach (ref float value in values)
        {
            value = function(value);
        }
    }

    // Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: off by 1.5e-7 at most.
    private static double Erf(double x)
    {
        double t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        double polynomial = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        return Math.CopySign(1 - (polynomial * Math.Exp(-x * x)), x);
    }
}
