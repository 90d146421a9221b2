using LocalRetrieval.Tokenizers.Json;

namespace LocalRetrieval.Tokenizers.PreTokenizers;

/// <summary>"Sequence": one pre-tokenizer after the other.</summary>
internal sealed class SequencePreTokenizer : PreTokenizer
{
    private readonly PreTokenizer[] _preTokenizers;

    private SequencePreTokenizer(PreTokenizer[] preTokenizers) => _preTokenizers = preTokenizers;

    public override bool NeedsOrigins => _preTokenizers.Any(preTokenizer => preTokenizer.NeedsOrigins);

    /// <summary>Reads the component's section.</summary>
    public static SequencePreTokenizer Read(JsonField section) =>
        new([.. section["pretokenizers"].Elements().Select(ComponentRegistry.ReadPreTokenizer)]);

    public override void PreTokenize(PreTokenizedText text)
    {
        foreach (PreTokenizer preTokenizer in _preTokenizers)
        {
            preTokenizer.PreTokenize(text);
        }
    }
}
