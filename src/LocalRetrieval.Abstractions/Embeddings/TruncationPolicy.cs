namespace LocalRetrieval;

/// <summary>What becomes of a text that is longer than the model reads.</summary>
public enum TruncationPolicy
{
    /// <summary>Its end is dropped; what was dropped is counted on its embedding and on the result, and logged once.</summary>
    Truncate,

    /// <summary>The request is refused before the model runs, by an <see cref="ArgumentException"/> that names the text's index and its tokens.</summary>
    Throw,

    /// <summary>
    /// It is embedded in overlapping windows, each with the prompt and the special tokens, and the windows' vectors are pooled: their mean,
    /// weighted by their tokens of the text, normalised again where the model normalises. Nothing is dropped.
    /// </summary>
    ChunkAndPool,
}
