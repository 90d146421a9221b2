using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.Decoders;

/// <summary>"Sequence": one decoder after the other.</summary>
internal sealed class SequenceDecoder : Decoder
{
    private readonly Decoder[] _decoders;

    private SequenceDecoder(Decoder[] decoders) => _decoders = decoders;

    /// <summary>Reads the component's section.</summary>
    public static SequenceDecoder Read(JsonField section) =>
        new([.. section["decoders"].Elements().Select(ComponentRegistry.ReadDecoder)]);

    public override void Decode(List<string> tokens)
    {
        foreach (Decoder decoder in _decoders)
        {
            decoder.Decode(tokens);
        }
    }
}
