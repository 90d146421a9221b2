namespace LocalRetrieval.Encoders;

/// <summary>What turns the logits of a pair into its score.</summary>
internal enum LabelActivation
{
    /// <summary>The logit itself.</summary>
    Identity,

    /// <summary>The logistic function of the label's logit.</summary>
    Sigmoid,

    /// <summary>The label's share among all labels.</summary>
    Softmax,
}
