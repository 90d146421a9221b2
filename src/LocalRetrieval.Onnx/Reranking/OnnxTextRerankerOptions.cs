namespace LocalRetrieval.Onnx;

/// <summary>Options of an <see cref="OnnxTextReranker"/>. They are read once, when the model is loaded.</summary>
public class OnnxTextRerankerOptions : OnnxEncoderOptions
{
    /// <summary>The label whose score ranks, by its name in config.json's id2label; for a model of several labels.</summary>
    /// <value>
    /// Null for "entailment" or "relevant" where the model has such a label, and otherwise for the second of two. The default is null.
    /// </value>
    public string? ScoreLabel { get; set; }
}
