namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>Turns tokens back into text. Implementations are immutable and thread-safe.</summary>
internal abstract class Decoder
{
    /// <summary>Rewrites tokens into the parts of the text, which are then joined without anything between them.</summary>
    public abstract void Decode(List<string> tokens);
}
