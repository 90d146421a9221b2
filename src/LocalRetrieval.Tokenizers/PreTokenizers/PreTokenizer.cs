namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>Cuts a normalized text into the words that the model sees. Implementations are immutable and thread-safe.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Whether <see cref="PreTokenize"/> asks where in the original text a piece comes from.</summary>
    public virtual bool NeedsOrigins => false;

    /// <summary>Replaces the pieces of <paramref name="text"/> by smaller ones.</summary>
    public abstract void PreTokenize(PreTokenizedText text);
}
