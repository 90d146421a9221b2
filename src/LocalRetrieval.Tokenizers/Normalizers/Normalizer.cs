namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>Rewrites a text before it is cut into words. Implementations are immutable and thread-safe.</summary>
internal abstract class Normalizer
{
    /// <summary>Rewrites <paramref name="text"/> in place, keeping its origins.</summary>
    public abstract void Normalize(NormalizedText text);

    /// <summary>The normalized form of a string.</summary>
    public string Normalize(string text)
    {
        NormalizedText normalized = new();
        normalized.Reset(text, 0, tracksOrigins: false);
        Normalize(normalized);
        return normalized.Chars.ToString();
    }
}
