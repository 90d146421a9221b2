namespace LocalRetrieval.Encoders;

/// <summary>What a graph's output means.</summary>
internal enum OutputKind
{
    /// <summary>A vector a token, [batch, tokens, hidden].</summary>
    HiddenStates,

    /// <summary>A score a token for each entry of the vocabulary, [batch, tokens, vocabulary].</summary>
    TokenLogits,

    /// <summary>A vector a text, [batch, hidden], pooled by the graph.</summary>
    SentenceEmbedding,

    /// <summary>A score a label, [batch, labels].</summary>
    Logits,
}
