namespace LocalRetrieval.Encoders;

/// <summary>What a model's folder holds, by what its own files say.</summary>
internal enum ModelKind
{
    /// <summary>A vector a text.</summary>
    BiEncoder,

    /// <summary>Weights of the vocabulary's tokens.</summary>
    SparseEncoder,

    /// <summary>A vector a token.</summary>
    LateInteraction,

    /// <summary>A score a pair.</summary>
    CrossEncoder,

    /// <summary>A vector a text, from a table.</summary>
    Static,
}
