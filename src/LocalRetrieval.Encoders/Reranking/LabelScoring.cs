using System.Numerics.Tensors;

namespace LocalRetrieval.Encoders;

/// <summary>Which of a cross-encoder's labels ranks, and how its logits become a score.</summary>
internal sealed class LabelScoring
{
    private static readonly string[] RelevantLabels = ["entailment", "relevant"];

    private readonly int _label;
    private readonly LabelActivation _activation;

    private LabelScoring(int label, LabelActivation activation)
    {
        _label = label;
        _activation = activation;
    }

    /// <param name="folder">The model's folder.</param>
    /// <param name="config">Its config.json.</param>
    /// <param name="labels">How many logits the graph gives.</param>
    /// <param name="scoreLabel">The label that ranks, or null for the model's own.</param>
    /// <exception cref="InvalidDataException">The config names another activation, other labels, or none that says which one ranks.</exception>
    public static LabelScoring Read(ModelFolder folder, ModelJson config, int labels, string? scoreLabel) =>
        new(Label(config, labels, scoreLabel), Activation(folder, config, labels));

    /// <summary>The label's number and the activation.</summary>
    public override string ToString() => $"label {_label}, {_activation}";

    /// <summary>
    /// A pair's score, and the number before the activation that orders pairs as the score does: the label's logit or, under a softmax, its log-odds.
    /// </summary>
    public (float Score, float Logit) Score(ReadOnlySpan<float> logits)
    {
        float logit = _activation == LabelActivation.Softmax ? LogOdds(logits) : logits[_label];
        return (_activation == LabelActivation.Identity ? logit : 1f / (1f + MathF.Exp(-logit)), logit);
    }

    private float LogOdds(ReadOnlySpan<float> logits)
    {
        float largest = TensorPrimitives.Max(logits);
        double others = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            others += i == _label ? 0 : Math.Exp(logits[i] - largest);
        }

        return (float)(logits[_label] - largest - Math.Log(others));
    }

    private static int Label(ModelJson config, int labels, string? scoreLabel)
    {
        string[] names = [.. Enumerable.Range(0, labels).Select(index => config.Object("id2label")?.String($"{index}") ?? $"LABEL_{index}")];
        if (config.Object("id2label")?.Names.Count() is { } count && count != labels)
        {
            throw new InvalidDataException($"{config.File}: id2label has {count} labels, but the graph gives {labels} logits a pair. The files are of different models.");
        }

        if (scoreLabel is not null)
        {
            return Array.FindIndex(names, name => name.Equals(scoreLabel, StringComparison.OrdinalIgnoreCase)) is >= 0 and int asked
                ? asked
                : throw config.Unsupported("id2label", $"without '{scoreLabel}', which ScoreLabel in the options asks for", string.Join(", ", names));
        }

        int relevant = Array.FindIndex(names, name => RelevantLabels.Contains(name, StringComparer.OrdinalIgnoreCase));
        return relevant >= 0 ? relevant
            : labels <= 2 ? labels - 1
            : throw config.Unsupported("id2label", string.Join(", ", names), $"{string.Join(" or ", RelevantLabels)}, or one of these as ScoreLabel in the options");
    }

    // As sentence-transformers' CrossEncoder finds it, but that several logits without a word from the model are shares of a softmax.
    private static LabelActivation Activation(ModelFolder folder, ModelJson config, int labels)
    {
        (ModelJson owner, string field) = folder.ReadJson("config_sentence_transformers.json") is { } model && model.String("activation_fn") is not null ? (model, "activation_fn")
            : config.Object("sentence_transformers") is { } own && own.String("activation_fn") is not null ? (own, "activation_fn")
            : (config, "sbert_ce_default_activation_function");
        string? name = owner.String(field);
        return name?.Split('.')[^1] switch
        {
            null => labels == 1 ? LabelActivation.Sigmoid : LabelActivation.Softmax,
            "Sigmoid" => LabelActivation.Sigmoid,
            "Identity" => LabelActivation.Identity,
            "Softmax" when labels > 1 => LabelActivation.Softmax,
            _ => throw owner.Unsupported(field, $"'{name}'", "Sigmoid, Identity or, for several labels, Softmax of torch.nn"),
        };
    }
}
