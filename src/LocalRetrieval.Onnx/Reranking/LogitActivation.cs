using LocalRetrieval.Onnx.Loading;

namespace LocalRetrieval.Onnx.Reranking;

/// <summary>What turns a cross-encoder's logit into its score, as sentence-transformers' CrossEncoder reads it from config.json.</summary>
internal static class LogitActivation
{
    /// <summary>The activation that the config names; the sigmoid where it names none.</summary>
    /// <exception cref="InvalidDataException">It names one that is not supported.</exception>
    public static Func<float, float> Read(ModelJson config)
    {
        // Since 4.0 the name lies in an object of the library's own; before, at the root.
        (ModelJson owner, string field) = config.Object("sentence_transformers") is { } own && own.String("activation_fn") is not null
            ? (own, "activation_fn")
            : (config, "sbert_ce_default_activation_function");
        string? name = owner.String(field);
        return name?.Split('.')[^1] switch
        {
            null or "Sigmoid" => Sigmoid,
            "Identity" => static logit => logit,
            _ => throw owner.Unsupported(field, $"'{name}'", "Sigmoid or Identity of torch.nn"),
        };
    }

    private static float Sigmoid(float logit) => 1f / (1f + MathF.Exp(-logit));
}
