using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders;

/// <summary>Pools the logits of a text's tokens to a weight for each entry of the vocabulary: the largest, or the sum, of log(1 + relu(logit)).</summary>
/// <param name="Sums">Whether tokens are summed, rather than the largest taken.</param>
/// <param name="TwiceLogarithmic">Whether the logarithm is taken a second time.</param>
/// <param name="Dimensions">The size of the vocabulary that the module's file gives, or null.</param>
/// <remarks>SPLADE v2, https://arxiv.org/abs/2109.10086.</remarks>
internal sealed record SpladePooling(bool Sums, bool TwiceLogarithmic, int? Dimensions)
{
    /// <summary>What a folder says; the largest, where it has no modules.json.</summary>
    /// <exception cref="InvalidDataException">A module or its setting is not supported.</exception>
    public static SpladePooling Read(ModelFolder folder)
    {
        const string Supported = "MLMTransformer or Transformer, then SpladePooling, of sentence_transformers";
        if (folder.Modules is null)
        {
            return new SpladePooling(Sums: false, TwiceLogarithmic: false, Dimensions: null);
        }

        for (int i = 0; i < folder.Modules.Count; i++)
        {
            if (i == 0 ? !folder.Modules[i].IsTransformer : i > 1 || folder.Modules[i].Kind != ModuleEntry.SpladePooling)
            {
                throw folder.Modules[i].Unsupported(Supported);
            }
        }

        return folder.Modules.Count == 2
            ? Read(folder.RequireJson($"{folder.Modules[1].Path}/config.json"))
            : throw new InvalidDataException($"{Path.Combine(folder.Path, "modules.json")} has no SpladePooling module. Supported: {Supported}.");
    }

    /// <summary>The weights of one text.</summary>
    /// <param name="logits">The logits of its own tokens, [tokens, vocabulary].</param>
    /// <param name="weights">Where the weights go, [vocabulary].</param>
    public void Pool(ReadOnlySpan<float> logits, Span<float> weights)
    {
        weights.Clear();
        float[] transformed = Sums ? new float[weights.Length] : [];
        for (int start = 0; start < logits.Length; start += weights.Length)
        {
            ReadOnlySpan<float> token = logits.Slice(start, weights.Length);
            if (Sums)
            {
                TensorPrimitives.Max(token, 0f, transformed);
                Transform(transformed);
                TensorPrimitives.Add(weights, transformed, weights);
            }
            else
            {
                TensorPrimitives.Max(weights, token, weights);
            }
        }

        if (!Sums)
        {
            // The transform keeps the order, so that the largest logit gives the largest weight.
            Transform(weights);
        }
    }

    private void Transform(Span<float> values)
    {
        TensorPrimitives.LogP1(values, values);
        if (TwiceLogarithmic)
        {
            TensorPrimitives.LogP1(values, values);
        }
    }

    private static SpladePooling Read(ModelJson config)
    {
        string strategy = config.String("pooling_strategy") ?? "max";
        string activation = config.String("activation_function") ?? "relu";
        return new SpladePooling(
            strategy switch { "max" => false, "sum" => true, _ => throw config.Unsupported("pooling_strategy", $"'{strategy}'", "'max' or 'sum'") },
            activation switch { "relu" => false, "log1p_relu" => true, _ => throw config.Unsupported("activation_function", $"'{activation}'", "'relu' or 'log1p_relu'") },
            config.Limit("embedding_dimension") ?? config.Limit("word_embedding_dimension"));
    }
}
