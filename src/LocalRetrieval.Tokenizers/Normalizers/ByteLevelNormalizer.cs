using LocalRetrieval.Tokenizers.ByteLevel;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"ByteLevel": writes each byte of the UTF-8 text as one printable character.</summary>
internal sealed class ByteLevelNormalizer : Normalizer
{
    public override void Normalize(NormalizedText text)
    {
        ByteLevelText.Append(text, 0, text.Length, text);
        text.Commit();
    }
}
