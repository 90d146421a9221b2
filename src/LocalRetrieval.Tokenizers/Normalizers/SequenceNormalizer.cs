using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Normalizers;

/// <summary>"Sequence": one normalizer after the other.</summary>
internal sealed class SequenceNormalizer : Normalizer
{
    private readonly Normalizer[] _normalizers;

    private SequenceNormalizer(Normalizer[] normalizers) => _normalizers = normalizers;

    /// <summary>Reads the component's section.</summary>
    public static SequenceNormalizer Read(JsonField section) =>
        new([.. section["normalizers"].Elements().Select(ComponentRegistry.ReadNormalizer)]);

    public override void Normalize(NormalizedText text)
    {
        foreach (Normalizer normalizer in _normalizers)
        {
            normalizer.Normalize(text);
        }
    }
}
